namespace Kalmar.Collectors.Clusters;

/// <summary>
/// Publishes what somebody else already knows about a cluster: a delegate gives the newest reading at each turn, so that nothing is asked
/// for twice. A reading that is too old gives no samples: no point is better than one that says yesterday's truth is today's.
/// </summary>
/// <typeparam name="T">The kind of reading.</typeparam>
public abstract class SnapshotCollector<T> : ICollector
    where T : class
{
    private readonly Func<Dated<T>?> _source;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _maxAge;

    private protected SnapshotCollector(string name, Func<Dated<T>?> source, TimeProvider timeProvider, TimeSpan interval, TimeSpan? maxAge)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(timeProvider);
        Name = name;
        Interval = interval;
        _source = source;
        _timeProvider = timeProvider;
        _maxAge = maxAge ?? interval * 3;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan Interval { get; }

    /// <inheritdoc/>
    public Task CollectAsync(IMetricSink sink, DateTimeOffset time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        cancellationToken.ThrowIfCancellationRequested();
        if (_source() is not { } reading)
        {
            throw new CollectorException($"{Name}: nothing is known about the cluster yet");
        }

        TimeSpan age = _timeProvider.GetUtcNow() - reading.Received;
        if (age > _maxAge)
        {
            throw new CollectorException($"{Name}: the newest reading is {age.TotalSeconds:0} s old, the limit is {_maxAge.TotalSeconds:0} s; nothing published");
        }

        Publish(sink, reading, time);
        return Task.CompletedTask;
    }

    private protected abstract void Publish(IMetricSink sink, Dated<T> reading, DateTimeOffset time);
}
