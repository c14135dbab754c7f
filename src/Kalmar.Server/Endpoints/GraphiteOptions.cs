using Kalmar.Graphite.Dashboards;
using Kalmar.Graphite.Events;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tags;

namespace Kalmar.Server.Endpoints;

/// <summary>What Graphite's endpoints answer from.</summary>
public sealed record GraphiteOptions
{
    /// <summary>Where metrics come from.</summary>
    public required IMetricSource Source { get; init; }

    /// <summary>Where events are kept.</summary>
    public IEventStore Events { get; init; } = new MemoryEventStore();

    /// <summary>Where tags are kept, or null.</summary>
    public ITagStore? Tags { get; init; }

    /// <summary>Where dashboards, saved graphs and short links are kept.</summary>
    public IDashboardStore Dashboards { get; init; } = new MemoryDashboardStore();

    /// <summary>Zone and limits of requests.</summary>
    public RendererOptions Rendering { get; init; } = new();

    /// <summary>Seconds for which an answer is kept when the request does not say; 0 keeps none.</summary>
    public int CacheSeconds { get; init; }

    /// <summary>Bytes of answers that are kept at most.</summary>
    public long CacheBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The largest body of a request in bytes.</summary>
    public int MaxBody { get; init; } = 1024 * 1024;

    /// <summary>Whether there are no pages beside Graphite's API, so that <c>GET /events</c> is its own too.</summary>
    public bool OwnsRoot { get; init; }

    /// <summary>Who may read without signing in.</summary>
    public GraphiteAudience AnonymousRead { get; init; }

    /// <summary>Who may store events, tags and dashboards without signing in.</summary>
    public GraphiteAudience AnonymousWrite { get; init; }
}
