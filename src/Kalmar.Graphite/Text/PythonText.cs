using System.Globalization;

namespace Kalmar.Graphite.Text;

/// <summary>Numbers as Python writes them: names of series and the raw format show them, and clients compare them.</summary>
internal static class PythonText
{
    private const int Longest = 32;

    /// <summary>What <c>str()</c> gives for an argument of a function.</summary>
    public static string Str(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => Repr(number),
        string text => text,
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>What <c>repr()</c> gives for a float; NaN stands for a missing value and gives <c>nan</c> here.</summary>
    public static string Repr(double value)
    {
        Span<byte> text = stackalloc byte[Longest];
        return System.Text.Encoding.ASCII.GetString(text[..FloatWriter.Write(value, text)]);
    }

    /// <summary>What <c>%d</c> gives.</summary>
    public static string D(double value) => Math.Truncate(value).ToString("F0", CultureInfo.InvariantCulture) switch { "-0" => "0", var text => text };

    /// <summary>What <c>%.2f</c> gives.</summary>
    public static string F2(double value) => double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? (value > 0 ? "inf" : "-inf") : value.ToString("F2", CultureInfo.InvariantCulture);

    /// <summary>What <c>%g</c> gives: six significant digits, no trailing zeros, an exponent outside 1e-4 to 1e6.</summary>
    public static string G(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return double.IsNegative(value) ? "-0" : "0";
        var scientific = value.ToString("E5", CultureInfo.InvariantCulture);
        var mark = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is < -4 or >= 6)
        {
            var mantissa = scientific[..mark].TrimEnd('0').TrimEnd('.');
            return $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }

        var text = value.ToString("F" + (5 - exponent), CultureInfo.InvariantCulture);
        return text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
