namespace Kalmar.Collectors.Clusters;

/// <summary>A value that somebody else asked the cluster for, and when it arrived.</summary>
/// <typeparam name="T">The value; immutable.</typeparam>
/// <param name="Value">What is known.</param>
/// <param name="Received">
/// When it arrived. For what the monitors push and what holds until they push anew, the present, as long as there is contact to them.
/// </param>
public sealed record Dated<T>(T Value, DateTimeOffset Received);
