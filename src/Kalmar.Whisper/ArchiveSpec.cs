using System.Globalization;

namespace Kalmar.Whisper;

/// <summary>
/// One archive of a retention policy: a point for every <paramref name="SecondsPerPoint"/> seconds, <paramref name="Points"/> of them.
/// </summary>
/// <param name="SecondsPerPoint">The step in seconds.</param>
/// <param name="Points">How many points are kept.</param>
public readonly record struct ArchiveSpec(uint SecondsPerPoint, uint Points)
{
    private static readonly (string Name, long Seconds)[] Units =
    [
        ("seconds", 1), ("minutes", 60), ("hours", 3600), ("days", 86400), ("weeks", 86400 * 7), ("years", 86400 * 365),
    ];

    /// <summary>The span that the archive covers, in seconds.</summary>
    public long Retention => (long)SecondsPerPoint * Points;

    /// <summary>
    /// Reads <c>10s:2h</c>, <c>1m:2d</c> or <c>60:1440</c>: a step, a colon, and either a span (with a unit) or a number of points.
    /// A unit is any beginning of seconds, minutes, hours, days, weeks (7 days), years (365 days).
    /// </summary>
    /// <exception cref="WhisperConfigurationException">The text is none of these.</exception>
    public static ArchiveSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        int colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            throw Bad(text, "it has no colon");
        }

        (long step, _) = Quantity(trimmed[..colon], text);
        (long amount, bool isSpan) = Quantity(trimmed[(colon + 1)..], text);
        if (step is <= 0 or > uint.MaxValue)
        {
            throw Bad(text, "the step is zero or too long");
        }

        long points = isSpan ? amount / step : amount;
        return points is <= 0 or > uint.MaxValue
            ? throw Bad(text, "it keeps no points, or too many")
            : new ArchiveSpec((uint)step, (uint)points);
    }

    /// <summary>The step alone, as in <c>1h</c> or <c>3600</c>, in seconds.</summary>
    /// <exception cref="WhisperConfigurationException">The text is no span of time.</exception>
    public static long ParseSeconds(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Quantity(text.Trim(), text).Amount;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SecondsPerPoint}:{Points}");

    private static (long Amount, bool HasUnit) Quantity(string text, string whole)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        if (digits == 0 || !long.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out long amount) || amount > uint.MaxValue)
        {
            throw Bad(whole, $"'{text}' is not a number with a unit");
        }

        string unit = text[digits..];
        if (unit.Length == 0)
        {
            return (amount, false);
        }

        foreach ((string name, long seconds) in Units)
        {
            if (name.StartsWith(unit, StringComparison.Ordinal))
            {
                return (amount * seconds, true);
            }
        }

        throw Bad(whole, $"'{unit}' is no unit; use s, m, h, d, w or y");
    }

    private static WhisperConfigurationException Bad(string text, string why) =>
        new($"bad retention '{text}': {why}; write it like 10s:2h or 60:1440");
}
