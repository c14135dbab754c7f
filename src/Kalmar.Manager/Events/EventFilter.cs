namespace Kalmar.Manager.Events;

/// <summary>Which events are wanted; null is any.</summary>
public sealed record EventFilter
{
    /// <summary>This severity or worse.</summary>
    public EventSeverity? Severity { get; init; }

    /// <summary>The cluster's fsid.</summary>
    public string? Cluster { get; init; }

    /// <summary>The host.</summary>
    public string? Server { get; init; }

    /// <summary>What it is about (<c>osd.3</c>).</summary>
    public string? Entity { get; init; }

    /// <summary>The kind, one of <see cref="EventKinds"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True when the event passes.</summary>
    /// <param name="stored">The event.</param>
    public bool Matches(StoredEvent stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return (Severity is not { } severity || stored.Severity <= severity)
            && (Cluster is null || stored.Cluster == Cluster)
            && (Server is null || stored.Server == Server)
            && (Entity is null || stored.Entity == Entity)
            && (Kind is null || stored.Kind == Kind)
            && (Since is not { } since || stored.When >= since);
    }
}
