namespace Kalmar.Graphite.Tags;

/// <summary>A tag with its number in the store.</summary>
public sealed record TagEntry(long Id, string Tag);
