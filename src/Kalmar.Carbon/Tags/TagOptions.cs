namespace Kalmar.Carbon.Tags;

/// <summary>How the tag database of a graphite-web is told of series (<c>ENABLE_TAGS</c>). Immutable.</summary>
public sealed record TagOptions
{
    /// <summary>Where graphite-web is (<c>GRAPHITE_URL</c>); <c>/tags/tagMultiSeries</c> comes after it.</summary>
    public required Uri GraphiteUrl { get; init; }

    /// <summary>The most names in a request (<c>TAG_BATCH_SIZE</c>).</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>The most names that wait (<c>TAG_QUEUE_SIZE</c>); more are dropped, counted, and told at a later update.</summary>
    public int QueueSize { get; init; } = 10_000;

    /// <summary>Of so many updates of files, one tells its series again (<c>TAG_UPDATE_INTERVAL</c>).</summary>
    public int UpdateInterval { get; init; } = 100;

    /// <summary>How long names are gathered before a request.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The first pause after a request without an answer; doubled up to <see cref="MaxDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause between attempts.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping may take to tell what waits.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
