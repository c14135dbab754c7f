namespace Kalmar.Server.History;

/// <summary>What a graph draws in one colour, or, when the target gives many series, in one colour each.</summary>
/// <param name="Label">What the legend calls it; null takes the series' own names.</param>
/// <param name="Target">A target of Graphite's language.</param>
public sealed record GraphLine(string? Label, string Target);
