namespace Kalmar.Graphite.Tags;

/// <summary>A value of a tag, and how many series have it.</summary>
public sealed record TagValue(long Id, string Value, int Count);
