namespace Kalmar.Collectors;

/// <summary>Where samples go: a cache, a relay, a list in a test. Called from many threads at once, so it has to be thread-safe.</summary>
public interface IMetricSink
{
    /// <summary>Takes one sample. Doesn't wait: a sink that is full drops the sample and counts that it did.</summary>
    /// <param name="path">The series, its nodes joined by dots, already cleaned by <see cref="MetricNames"/>.</param>
    /// <param name="unixSeconds">When the sample holds, in whole seconds since 1970 UTC.</param>
    /// <param name="value">The value; always finite.</param>
    void Publish(string path, long unixSeconds, double value);
}
