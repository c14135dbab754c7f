namespace Kalmar.Graphite.Times;

/// <summary>Between unix time and what a clock on the wall shows.</summary>
public static class WallClock
{
    /// <summary>What the clock shows.</summary>
    public static DateTime FromUnix(long seconds, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), zone).DateTime;

    /// <summary>When the clock shows it. An hour that comes twice is taken in standard time; one that does not come at all as if it were standard time.</summary>
    public static long ToUnix(DateTime wall, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var unspecified = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(unspecified) ? zone.GetAmbiguousTimeOffsets(unspecified).Min()
            : zone.IsInvalidTime(unspecified) ? zone.GetUtcOffset(unspecified.AddHours(-3)) : zone.GetUtcOffset(unspecified);
        return (long)(unspecified - DateTime.UnixEpoch - offset).TotalSeconds;
    }

    /// <summary>The zone of a name from the time zone database, or null when there is none.</summary>
    public static TimeZoneInfo? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Equals("utc", StringComparison.OrdinalIgnoreCase)) return TimeZoneInfo.Utc;
        // A name is looked up as a file below the zone database: nothing that could lead out of it goes there.
        if (name.Length is 0 or > 64 || name.Contains("..", StringComparison.Ordinal) || name[0] is '/' or '.') return null;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }
}
