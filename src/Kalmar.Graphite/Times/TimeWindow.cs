using Kalmar.Graphite.Rendering;

namespace Kalmar.Graphite.Times;

/// <summary>The window of a request: <c>from</c>, <c>until</c>, <c>now</c> and <c>tz</c>.</summary>
/// <param name="From">Its start in unix seconds.</param>
/// <param name="Until">Its end in unix seconds.</param>
/// <param name="Now">What counts as now.</param>
/// <param name="Zone">The zone.</param>
public readonly record struct TimeWindow(long From, long Until, long Now, TimeZoneInfo Zone)
{
    /// <summary>Reads the window; the earlier of <c>from</c> and <c>until</c> is its start. An unknown zone is the server's.</summary>
    /// <exception cref="GraphiteException">A time cannot be understood, or the window is empty.</exception>
    public static TimeWindow Parse(RenderParameters parameters, TimeProvider clock, TimeZoneInfo serverZone, string standardFrom)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(clock);
        var zone = parameters.TryGet("tz", out var name) ? WallClock.Find(name) ?? serverZone : serverZone;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (parameters.TryGet("now", out var text)) now = TimeLanguage.Parse(text, zone, now);
        var until = parameters.TryGet("until", out text) ? TimeLanguage.Parse(text, zone, now) : now;
        var from = TimeLanguage.Parse(parameters.TryGet("from", out text) ? text : standardFrom, zone, now);
        if (from == until) throw new GraphiteException("Invalid empty time range");
        return new TimeWindow(Math.Min(from, until), Math.Max(from, until), now, zone);
    }
}
