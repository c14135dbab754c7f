namespace Kalmar.Collectors;

/// <summary>Something that has samples to give, again and again. A <see cref="CollectorRunner"/> never calls one twice at the same time.</summary>
public interface ICollector
{
    /// <summary>A short name, unique in a runner, for states and errors: <c>cpu</c>, <c>daemons</c>.</summary>
    string Name { get; }

    /// <summary>How often it wants to run; at least one second.</summary>
    TimeSpan Interval { get; }

    /// <summary>
    /// Reads its source once and publishes what it found. What it has published before it throws counts, so that a collector with many
    /// sources publishes those that answered and then throws to say which did not.
    /// </summary>
    /// <param name="sink">Where the samples go.</param>
    /// <param name="time">The time that the samples carry: a whole multiple of <see cref="Interval"/>. Rates don't use it; they are taken over the time that really went by.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="CollectorException">A source could not be read; the message says which and why in one line.</exception>
    Task CollectAsync(IMetricSink sink, DateTimeOffset time, CancellationToken cancellationToken);
}
