namespace Kalmar.Carbon.RemoteWrite;

/// <summary>A sample on its way to Prometheus.</summary>
/// <param name="Labels">The labels of its series; the same object for all samples of one series.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Value">The value.</param>
internal readonly record struct RemoteSample(IReadOnlyList<(string Name, string Value)> Labels, long Timestamp, double Value);
