using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush;

/// <summary>Other weights and ids for one bucket (Ceph's crush_choose_arg), which the balancer uses to even out.</summary>
/// <param name="Positions">The weights of the bucket's items for each replica's position; the last serves all further ones. May be empty.</param>
/// <param name="Ids">What to hash in the place of the items' ids; may be empty.</param>
public sealed record CrushWeightSet(ValueList<ValueList<uint>> Positions, ValueList<int> Ids);
