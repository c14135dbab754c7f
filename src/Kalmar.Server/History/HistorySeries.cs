namespace Kalmar.Server.History;

/// <summary>A series as a graph draws it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Start">The Unix time of the first value, in seconds.</param>
/// <param name="Step">Seconds from one value to the next.</param>
/// <param name="Values">The values; NaN where nothing is known.</param>
public sealed record HistorySeries(string Name, long Start, long Step, IReadOnlyList<double> Values);
