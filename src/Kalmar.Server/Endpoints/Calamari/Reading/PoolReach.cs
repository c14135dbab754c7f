using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Which pools can choose each OSD. Made once for an OSD map; OSDs that the same pools reach share one list.</summary>
internal sealed class PoolReach
{
    private readonly long[][] _poolsOf;

    /// <summary>Reads a map.</summary>
    public PoolReach(OsdMap map, CrushReach crush)
    {
        _poolsOf = new long[map.MaxOsd][];
        Array.Fill(_poolsOf, []);
        foreach (IGrouping<byte, KeyValuePair<PoolId, Pool>> rule in map.Pools.GroupBy(p => p.Value.CrushRule))
        {
            long[] pools = [.. rule.Select(p => p.Key.Value).Order()];
            Dictionary<long[], long[]> joined = new(ReferenceEqualityComparer.Instance);
            foreach (int osd in crush.OsdsOf(map.Crush.RuleOf(rule.Key)))
            {
                if (osd >= _poolsOf.Length)
                {
                    continue;
                }

                long[] before = _poolsOf[osd];
                if (!joined.TryGetValue(before, out long[]? all))
                {
                    joined[before] = all = before.Length == 0 ? pools : [.. before.Concat(pools).Order()];
                }

                _poolsOf[osd] = all;
            }
        }
    }

    /// <summary>The pools of an OSD, by number.</summary>
    public IReadOnlyList<long> Of(OsdId osd) => _poolsOf[osd.Value];
}
