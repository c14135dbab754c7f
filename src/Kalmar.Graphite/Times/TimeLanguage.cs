using System.Globalization;

namespace Kalmar.Graphite.Times;

/// <summary>
/// Moments in Graphite's words: <c>-1d</c>, <c>midnight+3h</c>, <c>10:00_20261120</c>, <c>6pm yesterday</c>, <c>monday</c>, <c>12/31/26</c>, unix seconds.
/// As there, <c>12am</c> is noon and <c>12pm</c> midnight.
/// </summary>
public static class TimeLanguage
{
    private static readonly string[] s_months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>The moment in unix seconds.</summary>
    /// <param name="text">The moment in words.</param>
    /// <param name="zone">The zone that days and hours are meant in.</param>
    /// <param name="now">What counts as now, in unix seconds.</param>
    /// <exception cref="GraphiteException">The words mean no moment.</exception>
    public static long Parse(string text, TimeZoneInfo zone, long now)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(zone);
        var words = text.Trim().ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (words.Length > 200) throw new GraphiteException("Time of more than 200 characters");
        if (IsDigits(words) && !IsDate(words))
        {
            return long.TryParse(words, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
                ? seconds : throw new GraphiteException($"Time '{text}' is out of range");
        }

        var cut = words.IndexOf('+', StringComparison.Ordinal);
        if (cut < 0) cut = words.IndexOf('-', StringComparison.Ordinal);
        var (reference, offset) = cut < 0 ? (words, string.Empty) : (words[..cut], words[cut..]);
        try
        {
            return Reference(reference, zone, now) + TimeOffset.Parse(offset);
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or OverflowException)
        {
            throw new GraphiteException($"Time '{text}' cannot be understood", e);
        }
    }

    private static long Reference(string reference, TimeZoneInfo zone, long now)
    {
        if (reference.Length == 0 || reference == "now") return now;
        var rest = reference;
        var (hour, minute) = (0, 0);
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon is > 0 and < 3)
        {
            hour = Number(rest[..colon]);
            minute = Number(rest.Substring(colon + 1, Math.Min(2, rest.Length - colon - 1)));
            rest = rest[Math.Min(colon + 3, rest.Length)..];
            if (rest.StartsWith("am", StringComparison.Ordinal)) rest = rest[2..];
            else if (rest.StartsWith("pm", StringComparison.Ordinal)) (hour, rest) = ((hour + 12) % 24, rest[2..]);
        }

        var am = rest.IndexOf("am", StringComparison.Ordinal);
        if (am is > 0 and < 3) (hour, rest) = (Number(rest[..am]), rest[(am + 2)..]);
        var pm = rest.IndexOf("pm", StringComparison.Ordinal);
        if (pm is > 0 and < 3) (hour, rest) = ((Number(rest[..pm]) + 12) % 24, rest[(pm + 2)..]);
        if (rest.StartsWith("noon", StringComparison.Ordinal)) (hour, minute, rest) = (12, 0, rest[4..]);
        else if (rest.StartsWith("midnight", StringComparison.Ordinal)) (hour, minute, rest) = (0, 0, rest[8..]);
        else if (rest.StartsWith("teatime", StringComparison.Ordinal)) (hour, minute, rest) = (16, 0, rest[7..]);
        if (hour is < 0 or > 23 || minute is < 0 or > 59) throw new GraphiteException($"Time '{reference}' has no such hour");
        var today = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(now), zone).Date;
        return WallClock.ToUnix(Day(rest, reference, today).AddHours(hour).AddMinutes(minute), zone);
    }

    private static DateTime Day(string rest, string whole, DateTime today)
    {
        switch (rest)
        {
            case "" or "today": return today;
            case "yesterday": return today.AddDays(-1);
            case "tomorrow": return today.AddDays(1);
            default: break;
        }

        var parts = rest.Split('/');
        if (parts.Length == 3)
        {
            var year = Number(parts[2]);
            if (year < 1900) year += 1900;
            if (year < 1970) year += 100;
            return new DateTime(year, Number(parts[0]), Number(parts[1]), 0, 0, 0, DateTimeKind.Unspecified);
        }

        if (rest.Length == 8 && IsDigits(rest)) return new DateTime(Number(rest[..4]), Number(rest[4..6]), Number(rest[6..]), 0, 0, 0, DateTimeKind.Unspecified);
        var start = rest.Length >= 3 ? rest[..3] : rest;
        if (Array.IndexOf(s_months, start) is >= 0 and var month)
        {
            var digits = char.IsAsciiDigit(rest[^1]) ? (char.IsAsciiDigit(rest[^2]) ? 2 : 1) : throw new GraphiteException("Day of month required after month name");
            return new DateTime(today.Year, month + 1, Number(rest[^digits..]), 0, 0, 0, DateTimeKind.Unspecified);
        }

        if (Array.IndexOf(s_days, start) is >= 0 and var day) return today.AddDays(-(((int)today.DayOfWeek - day + 7) % 7));
        throw new GraphiteException($"Unknown day reference: {whole}");
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static bool IsDate(string digits) =>
        digits.Length == 8 && Number(digits[..4]) > 1900 && Number(digits[4..6]) < 13 && Number(digits[6..]) < 32;

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
