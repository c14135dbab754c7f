using System.Globalization;

namespace Kalmar.Server.Views;

/// <summary>Numbers as people read them. Sizes are in powers of 1024 as Ceph prints them; the script writes ages the same way.</summary>
internal static class Quantity
{
    private const string None = "–";
    private static readonly string[] ByteUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly string[] CountUnits = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary><c>1.50 GiB</c>.</summary>
    public static string Bytes(double? bytes) => Scale(bytes, 1024, ByteUnits);

    /// <summary><c>1.50 MiB/s</c>.</summary>
    public static string BytesPerSecond(double? bytes) => bytes is null ? None : Bytes(bytes) + "/s";

    /// <summary><c>12.3k/s</c>, <c>7/s</c>.</summary>
    public static string PerSecond(double? count) => count is null ? None : Short(count) + "/s";

    /// <summary><c>12.3k</c>.</summary>
    public static string Short(double? count) => Scale(count, 1000, CountUnits);

    /// <summary><c>12 345</c> with narrow spaces between groups of three.</summary>
    public static string Count(long? count) =>
        count is { } c ? c.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202f') : None;

    /// <summary><c>12.3 %</c> of a share.</summary>
    /// <param name="ratio">0..1.</param>
    public static string Percent(double? ratio) => ratio is { } r ? Number(r * 100) + " %" : None;

    /// <summary>Three significant digits at most, no exponent.</summary>
    public static string Number(double? number) => number is not { } n || !double.IsFinite(n) ? None
        : Math.Abs(n) >= 99.95 || n == Math.Floor(n) ? n.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(n) >= 9.995 ? n.ToString("0.#", CultureInfo.InvariantCulture)
        : n.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A weight as Ceph prints it: up to five decimals.</summary>
    public static string Weight(double? weight) => weight is { } w ? w.ToString("0.#####", CultureInfo.InvariantCulture) : None;

    /// <summary><c>3 s</c>, <c>5 min</c>, <c>2 h 10 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan duration)
    {
        long seconds = Math.Max(0, (long)duration.TotalSeconds);
        return seconds switch
        {
            < 60 => $"{seconds} s",
            < 600 when seconds % 60 != 0 => $"{seconds / 60} min {seconds % 60} s",
            < 3600 => $"{seconds / 60} min",
            < 86400 when seconds / 60 % 60 != 0 => $"{seconds / 3600} h {seconds / 60 % 60} min",
            < 86400 => $"{seconds / 3600} h",
            _ when seconds / 3600 % 24 != 0 => $"{seconds / 86400} d {seconds / 3600 % 24} h",
            _ => $"{seconds / 86400} d",
        };
    }

    /// <summary><c>3 s ago</c>.</summary>
    public static string Ago(TimeSpan age) => Duration(age) + " ago";

    /// <summary><c>2026-11-21 14:05:09 UTC</c>.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>1 OSD</c>, <c>3 OSDs</c>.</summary>
    public static string Of(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    private static string Scale(double? value, double step, string[] units)
    {
        if (value is not { } v || !double.IsFinite(v))
        {
            return None;
        }

        int unit = 0;
        double rest = Math.Abs(v);

        // 999.95 would be rounded to 1000: it belongs to the next unit.
        while (unit < units.Length - 1 && rest >= (step == 1000 ? 999.5 : 1023.5))
        {
            rest /= step;
            unit++;
        }

        string space = units[0].Length == 0 ? "" : " ";
        return $"{(v < 0 ? "-" : "")}{Number(unit == 0 && rest >= 10 ? Math.Round(rest) : rest)}{space}{units[unit]}";
    }
}
