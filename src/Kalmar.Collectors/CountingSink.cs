namespace Kalmar.Collectors;

/// <summary>Counts what one run publishes and keeps out what is no number.</summary>
internal sealed class CountingSink(IMetricSink inner) : IMetricSink
{
    private long _points;
    private long _notFinite;

    public long Points => Volatile.Read(ref _points);

    public long NotFinite => Volatile.Read(ref _notFinite);

    public void Publish(string path, long unixSeconds, double value)
    {
        if (!double.IsFinite(value))
        {
            Interlocked.Increment(ref _notFinite);
            return;
        }

        Interlocked.Increment(ref _points);
        inner.Publish(path, unixSeconds, value);
    }
}
