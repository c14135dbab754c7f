using System.Globalization;
using System.Text;

namespace Kalmar.Graphite.Text;

/// <summary>Python's <c>%</c> for one number: <c>"%d MB" % 5.0</c>.</summary>
internal static class PythonFormat
{
    /// <summary>Puts the number where the format has <c>%d</c>, <c>%s</c>, <c>%g</c>, <c>%f</c>, <c>%.2f</c> or <c>%e</c>; <c>%%</c> is a percent sign.</summary>
    public static string Format(string format, double value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var end = i + 1;
            while (end < format.Length && format[end] is '.' or '-' or '+' or ' ' or (>= '0' and <= '9')) end++;
            if (end == format.Length) throw new GraphiteException($"Incomplete format '{format}'");
            text.Append(One(format[(i + 1)..end], format[end], value));
            i = end;
        }

        return text.ToString();
    }

    private static string One(string flags, char kind, double value)
    {
        var dot = flags.IndexOf('.', StringComparison.Ordinal);
        var decimals = dot >= 0 && int.TryParse(flags.AsSpan(dot + 1), CultureInfo.InvariantCulture, out var precision) ? Math.Min(precision, 100) : 6;
        var width = int.TryParse((dot >= 0 ? flags[..dot] : flags).Trim('+', '-', ' '), CultureInfo.InvariantCulture, out var wide) ? Math.Min(wide, 1000) : 0;
        var body = kind switch
        {
            'd' or 'i' => PythonText.D(value),
            's' => PythonText.Repr(value),
            'g' => PythonText.G(value),
            'f' or 'F' => value.ToString("F" + decimals, CultureInfo.InvariantCulture),
            'e' => value.ToString("0." + new string('0', decimals) + "e+00", CultureInfo.InvariantCulture),
            '%' => "%",
            _ => throw new GraphiteException($"Unknown format %{kind}"),
        };
        return flags.StartsWith('-') ? body.PadRight(width) : flags.StartsWith('0') ? body.PadLeft(width, '0') : body.PadLeft(width);
    }
}
