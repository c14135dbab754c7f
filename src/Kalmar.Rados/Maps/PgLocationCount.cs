namespace Kalmar.Rados.Maps;

/// <summary>How many objects of a PG are on exactly these OSDs.</summary>
/// <param name="Shards">The OSDs.</param>
/// <param name="Objects">How many objects.</param>
public sealed record PgLocationCount(ValueList<PgShard> Shards, int Objects);
