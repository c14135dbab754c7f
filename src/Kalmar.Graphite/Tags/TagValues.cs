namespace Kalmar.Graphite.Tags;

/// <summary>A tag and its values.</summary>
public sealed record TagValues(long Id, string Tag, IReadOnlyList<TagValue> Values);
