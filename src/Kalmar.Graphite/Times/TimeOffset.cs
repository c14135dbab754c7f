using System.Globalization;

namespace Kalmar.Graphite.Times;

/// <summary>
/// Lengths of time in Graphite's words: <c>-1d</c>, <c>+2h30min</c>, <c>1w</c>. Units are read by their beginning: s, min, h, d, w, mon (30 days), y
/// (365 days).
/// </summary>
public static class TimeOffset
{
    private const double Longest = 1e11;

    /// <summary>The length in seconds; empty text is 0.</summary>
    /// <exception cref="GraphiteException">The text is not a length of time.</exception>
    public static long Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return 0;
        var at = 0;
        var sign = 1;
        if (!char.IsAsciiDigit(text[0]))
        {
            sign = text[0] switch { '+' => 1, '-' => -1, _ => throw new GraphiteException($"Invalid offset: {text}") };
            at = 1;
        }

        double seconds = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            if (at == start) throw new GraphiteException($"Invalid interval '{text}': a number is expected at character {start + 1}");
            var number = double.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
            start = at;
            while (at < text.Length && char.IsLetter(text[at])) at++;
            seconds += sign * number * UnitSeconds(text[start..at]);
        }

        return Math.Abs(seconds) <= Longest ? (long)seconds : throw new GraphiteException($"Interval '{text}' is too long");
    }

    /// <summary>The seconds of a unit.</summary>
    public static long UnitSeconds(string unit) => UnitName(unit) switch
    {
        "seconds" => 1,
        "minutes" => 60,
        "hours" => 3600,
        "days" => 86400,
        "weeks" => 7 * 86400,
        "months" => 30 * 86400,
        _ => 365 * 86400,
    };

    /// <summary>The whole name of a unit that may be cut short.</summary>
    public static string UnitName(string unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.StartsWith('s')) return "seconds";
        if (unit.StartsWith("min", StringComparison.Ordinal)) return "minutes";
        if (unit.StartsWith('h')) return "hours";
        if (unit.StartsWith('d')) return "days";
        if (unit.StartsWith('w')) return "weeks";
        if (unit.StartsWith("mon", StringComparison.Ordinal)) return "months";
        return unit.StartsWith('y') ? "years" : throw new GraphiteException($"Invalid offset unit '{unit}'");
    }
}
