namespace Kalmar.Collectors.Hosts;

/// <summary>The samples of one run of one host collector: knows the branch and the time, so that a collector says only what is its own.</summary>
internal readonly struct HostSamples(IMetricSink sink, string branch, long unixSeconds)
{
    /// <summary>Publishes a value below the collector's branch.</summary>
    /// <param name="path">Nodes joined by dots, each of them clean.</param>
    /// <param name="value">The value.</param>
    public void Add(string path, double value) => sink.Publish(branch + path, unixSeconds, value);

    /// <summary>Publishes a counter's growth per second, when there is one to tell.</summary>
    /// <param name="table">Remembers the counter.</param>
    /// <param name="path">Nodes joined by dots, each of them clean.</param>
    /// <param name="value">The counter.</param>
    public void AddRate(CounterTable table, string path, ulong value)
    {
        if (table.TryRate(path, value, out double rate))
        {
            Add(path, rate);
        }
    }
}
