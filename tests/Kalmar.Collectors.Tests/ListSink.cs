using System.Collections.Concurrent;

namespace Kalmar.Collectors.Tests;

public sealed class ListSink : IMetricSink
{
    private readonly ConcurrentQueue<(string Path, long Time, double Value)> _samples = new();

    public IReadOnlyList<(string Path, long Time, double Value)> Samples => [.. _samples];

    public int Count => _samples.Count;

    /// <summary>The one value of a path; fails when it was published twice or not at all.</summary>
    public double this[string path] => _samples.Single(sample => sample.Path == path).Value;

    public bool Has(string path) => _samples.Any(sample => sample.Path == path);

    public string[] Paths => [.. _samples.Select(sample => sample.Path).Order(StringComparer.Ordinal)];

    public void Clear() => _samples.Clear();

    public void Publish(string path, long unixSeconds, double value) => _samples.Enqueue((path, unixSeconds, value));
}
