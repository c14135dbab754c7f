using System.Globalization;
using System.Text;

namespace Kalmar.Cli.Output;

/// <summary>Times as C's <c>strftime</c> writes them in the C locale, and as <c>ctime</c> does; in this machine's zone.</summary>
internal static class TimeFormat
{
    /// <summary>What <c>ctime</c> writes: <c>Sat Nov  1 05:03:30 2026</c>.</summary>
    public const string Default = "%a %b %e %H:%M:%S %Y";

    /// <summary>Writes a time.</summary>
    /// <param name="seconds">Seconds since 1970.</param>
    /// <param name="format">With <c>%</c> before a letter; letters that are not known stay as they are.</param>
    public static string Write(long seconds, string format)
    {
        DateTimeOffset time = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), TimeZoneInfo.Local);
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            text.Append(Part(time, seconds, format[++i]));
        }

        return text.ToString();
    }

    private static string Part(DateTimeOffset time, long seconds, char letter) => letter switch
    {
        'Y' => Text(time, "yyyy"),
        'y' => Text(time, "yy"),
        'm' => Text(time, "MM"),
        'd' => Text(time, "dd"),
        'e' => Text(time, "%d").PadLeft(2),
        'H' => Text(time, "HH"),
        'I' => Text(time, "hh"),
        'M' => Text(time, "mm"),
        'S' => Text(time, "ss"),
        'p' => Text(time, "tt"),
        'a' => Text(time, "ddd"),
        'A' => Text(time, "dddd"),
        'b' or 'h' => Text(time, "MMM"),
        'B' => Text(time, "MMMM"),
        'j' => time.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
        'z' => Text(time, "zzz").Replace(":", "", StringComparison.Ordinal),
        's' => seconds.ToString(CultureInfo.InvariantCulture),
        'F' => Text(time, "yyyy-MM-dd"),
        'T' or 'X' => Text(time, "HH:mm:ss"),
        'R' => Text(time, "HH:mm"),
        'D' or 'x' => Text(time, "MM/dd/yy"),
        'c' => Write(seconds, Default),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => "%" + letter,
    };

    private static string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
