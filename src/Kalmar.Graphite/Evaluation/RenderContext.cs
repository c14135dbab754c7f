using Kalmar.Graphite.Events;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Evaluation;

/// <summary>What one evaluation of targets knows: where series come from, the window, the clock and the limits.</summary>
public sealed class RenderContext
{
    /// <summary>Where series come from.</summary>
    public required IMetricSource Source { get; init; }

    /// <summary>Unix time in seconds at which the window opens.</summary>
    public required long From { get; init; }

    /// <summary>Unix time in seconds at which the window closes.</summary>
    public required long Until { get; init; }

    /// <summary>What counts as now, in unix seconds.</summary>
    public required long Now { get; init; }

    /// <summary>The zone in which days begin.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The zone of the server, which times written in targets are in.</summary>
    public TimeZoneInfo ServerZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The share of known values that a combined point needs; <c>setXFilesFactor</c> changes it for what is evaluated after it.</summary>
    public double XFilesFactor { get; set; }

    /// <summary>How many points the asker wants to see, or null.</summary>
    public int? MaxDataPoints { get; init; }

    /// <summary>Ask only this server, not the others of a cluster.</summary>
    public bool LocalOnly { get; init; }

    /// <summary>Values for templates that came with the request.</summary>
    public IReadOnlyDictionary<string, string> Template { get; init; } = new Dictionary<string, string>();

    /// <summary>Where <c>events()</c> looks, or null.</summary>
    public IEventStore? Events { get; init; }

    /// <summary>Where <c>seriesByTag()</c> looks, or null.</summary>
    public Tags.ITagStore? Tags { get; init; }

    /// <summary>What the request may cost.</summary>
    public EvaluationBudget Budget { get; init; } = new(EvaluationLimits.Default);

    internal Dictionary<string, List<double>>? Stacks { get; set; }

    /// <summary>The same with another window.</summary>
    public RenderContext WithWindow(long from, long until) => new()
    {
        Source = Source,
        From = from,
        Until = until,
        Now = Now,
        Zone = Zone,
        ServerZone = ServerZone,
        XFilesFactor = XFilesFactor,
        MaxDataPoints = MaxDataPoints,
        LocalOnly = LocalOnly,
        Template = Template,
        Events = Events,
        Tags = Tags,
        Budget = Budget,
        Stacks = Stacks,
    };

    /// <summary>
    /// A series made up here rather than read. <paramref name="points"/> are checked against the limits before anything is allocated.
    /// </summary>
    internal double[] NewValues(long points) => Budget.Allocate(points);
}
