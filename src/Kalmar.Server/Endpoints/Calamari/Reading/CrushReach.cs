using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Which OSDs each rule and each pool can choose, and what stands above each OSD. Made once for a map.</summary>
internal sealed class CrushReach
{
    private const int MostLevels = 64;

    private readonly OsdMap _map;
    private readonly Dictionary<int, HashSet<int>> _below = [];
    private readonly Dictionary<int, List<int>> _parents = [];
    private readonly HashSet<int> _shadows;
    private readonly long[][] _poolsOf;

    /// <summary>Reads a map.</summary>
    public CrushReach(OsdMap map)
    {
        _map = map;
        _shadows = [.. map.Crush.ShadowBuckets.Values.SelectMany(classes => classes.Values)];
        foreach (CrushBucket? bucket in map.Crush.Buckets)
        {
            if (bucket is null || _shadows.Contains(bucket.Id))
            {
                continue;
            }

            foreach (int item in bucket.Items)
            {
                if (!_parents.TryGetValue(item, out List<int>? parents))
                {
                    _parents[item] = parents = [];
                }

                parents.Add(bucket.Id);
            }
        }

        List<long>[] pools = [.. Enumerable.Range(0, map.MaxOsd).Select(_ => new List<long>())];
        foreach ((PoolId id, Pool pool) in map.Pools)
        {
            foreach (int osd in OsdsOf(map.Crush.RuleOf(pool.CrushRule)))
            {
                if (osd < pools.Length)
                {
                    pools[osd].Add(id.Value);
                }
            }
        }

        _poolsOf = [.. pools.Select(p => p.ToArray())];
    }

    /// <summary>The OSDs that a rule can choose.</summary>
    public IReadOnlySet<int> OsdsOf(CrushRule? rule)
    {
        HashSet<int> all = [];
        foreach (CrushRuleStep step in rule?.Steps ?? [])
        {
            if (step.Op == CrushRuleOp.Take)
            {
                all.UnionWith(Below(step.Arg1, 0));
            }
        }

        return all;
    }

    /// <summary>The pools that can choose an OSD.</summary>
    public IReadOnlyList<long> PoolsOf(OsdId osd) => _poolsOf[osd.Value];

    /// <summary>True for the shadow of a bucket for a device class.</summary>
    public bool IsShadow(int bucket) => _shadows.Contains(bucket);

    /// <summary>Where a device or bucket stands: for each place the buckets above, from the nearest to the root.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Ancestry(int item)
    {
        if (!_parents.TryGetValue(item, out List<int>? parents))
        {
            return [];
        }

        int[][] ways = new int[parents.Count][];
        for (int i = 0; i < ways.Length; i++)
        {
            List<int> way = [parents[i]];
            while (way.Count < MostLevels && _parents.TryGetValue(way[^1], out List<int>? above))
            {
                way.Add(above[0]);
            }

            ways[i] = [.. way];
        }

        return ways;
    }

    /// <summary>The host that an OSD stands in, or null.</summary>
    public string? HostOf(OsdId osd)
    {
        foreach (int bucket in Ancestry(osd.Value) is [var way, ..] ? way : [])
        {
            if (_map.Crush.BucketOf(bucket) is { } found && _map.Crush.TypeNameOf(found.Type) == "host")
            {
                return _map.Crush.NameOf(bucket);
            }
        }

        return null;
    }

    private HashSet<int> Below(int item, int depth)
    {
        if (item >= 0)
        {
            return [item];
        }

        if (_below.TryGetValue(item, out HashSet<int>? known))
        {
            return known;
        }

        HashSet<int> found = [];

        // Empty while it is being drawn: a bucket that contains itself adds nothing.
        _below[item] = found;
        if (depth < MostLevels && _map.Crush.BucketOf(item) is { } bucket)
        {
            foreach (int child in bucket.Items)
            {
                found.UnionWith(Below(child, depth + 1));
            }
        }

        return found;
    }
}
