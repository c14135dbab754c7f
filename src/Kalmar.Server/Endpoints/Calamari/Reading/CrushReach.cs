using System.Collections.Concurrent;
using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>
/// Which OSDs each rule can choose, and what stands above each item. Made once for a CRUSH map, which most new OSD maps share with the one
/// before. Thread-safe.
/// </summary>
internal sealed class CrushReach
{
    private const int MostLevels = 64;
    private static readonly HashSet<int> EmptySet = [];

    private readonly CrushMap _crush;
    private readonly ConcurrentDictionary<CrushRule, IReadOnlySet<int>> _rules = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<int, IReadOnlyList<IReadOnlyList<int>>> _ancestries = new();
    private readonly Dictionary<int, HashSet<int>> _below = [];
    private readonly Dictionary<int, List<int>> _parents = [];
    private readonly HashSet<int> _shadows;

    /// <summary>Reads a map.</summary>
    public CrushReach(CrushMap crush)
    {
        _crush = crush;
        _shadows = [.. crush.ShadowBuckets.Values.SelectMany(classes => classes.Values)];
        foreach (CrushBucket? bucket in crush.Buckets)
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
    }

    /// <summary>The OSDs that a rule can choose.</summary>
    public IReadOnlySet<int> OsdsOf(CrushRule? rule) => rule is null ? EmptySet : _rules.GetOrAdd(rule, ReachOf);

    /// <summary>True for the shadow of a bucket for a device class.</summary>
    public bool IsShadow(int bucket) => _shadows.Contains(bucket);

    /// <summary>Where a device or bucket stands: for each place the buckets above, from the nearest to the root.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Ancestry(int item) => _ancestries.GetOrAdd(item, FindAncestry);

    private IReadOnlyList<IReadOnlyList<int>> FindAncestry(int item)
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
            if (_crush.BucketOf(bucket) is { } found && _crush.TypeNameOf(found.Type) == "host")
            {
                return _crush.NameOf(bucket);
            }
        }

        return null;
    }

    private HashSet<int> ReachOf(CrushRule rule)
    {
        HashSet<int> all = [];
        lock (_below)
        {
            foreach (CrushRuleStep step in rule.Steps.Where(s => s.Op == CrushRuleOp.Take))
            {
                all.UnionWith(Below(step.Arg1, 0));
            }
        }

        return all;
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
        if (depth < MostLevels && _crush.BucketOf(item) is { } bucket)
        {
            foreach (int child in bucket.Items)
            {
                found.UnionWith(Below(child, depth + 1));
            }
        }

        return found;
    }
}
