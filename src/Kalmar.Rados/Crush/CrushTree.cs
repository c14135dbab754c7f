using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Crush;

/// <summary>
/// The hierarchy of a CRUSH map as <c>ceph osd tree</c> shows it: from the roots down, without the shadow buckets of device classes. Also
/// answers where a device stands. Immutable.
/// </summary>
public sealed class CrushTree
{
    /// <summary>Deeper than any real hierarchy, and shallow enough for one that contains itself.</summary>
    private const int MostLevels = 64;

    private readonly CrushMap _map;
    private readonly HashSet<int> _shadows;
    private readonly Dictionary<int, int> _parents = [];
    private readonly Dictionary<int, ValueList<CrushNode>> _children = [];

    /// <summary>Draws the tree of a map.</summary>
    /// <param name="map">The map.</param>
    public CrushTree(CrushMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        _map = map;
        _shadows = [.. map.ShadowBuckets.Values.SelectMany(classes => classes.Values)];
        foreach (CrushBucket? bucket in map.Buckets)
        {
            if (bucket is null || _shadows.Contains(bucket.Id))
            {
                continue;
            }

            foreach (int item in bucket.Items)
            {
                _parents.TryAdd(item, bucket.Id);
            }
        }

        Roots =
        [
            .. map.Buckets
                .Where(b => b is not null && !_parents.ContainsKey(b.Id) && !_shadows.Contains(b.Id))
                .OrderBy(b => b!.Id)
                .Select(b => Node(b!.Id, b.Weight, 0)),
        ];
    }

    /// <summary>Buckets that stand in no other one, by id.</summary>
    public ValueList<CrushNode> Roots { get; }

    /// <summary>All nodes, each before its children, with its depth.</summary>
    public IEnumerable<(CrushNode Node, int Depth)> Walk() => Roots.SelectMany(r => r.Walk());

    /// <summary>The bucket that a device or bucket stands in, or null. Of several, the one that comes first in the map.</summary>
    /// <param name="id">The id of the device or bucket.</param>
    public CrushBucket? ParentOf(int id) => _parents.TryGetValue(id, out int parent) ? _map.BucketOf(parent) : null;

    /// <summary>Where a device or bucket stands, from the nearest bucket (mostly a host) to the root.</summary>
    /// <param name="id">The id of the device or bucket.</param>
    public IReadOnlyList<CrushBucket> AncestorsOf(int id)
    {
        List<CrushBucket> ancestors = [];
        for (CrushBucket? bucket = ParentOf(id); bucket is not null && ancestors.Count < MostLevels; bucket = ParentOf(bucket.Id))
        {
            ancestors.Add(bucket);
        }

        return ancestors;
    }

    /// <summary>The name of the bucket of a type that a device stands in, or null.</summary>
    /// <param name="osd">The device.</param>
    /// <param name="typeName">The type (<c>host</c>, <c>rack</c>).</param>
    public string? NameAbove(OsdId osd, string typeName)
    {
        CrushBucket? found = AncestorsOf(osd.Value).FirstOrDefault(b => _map.TypeNameOf(b.Type) == typeName);
        return found is null ? null : _map.NameOf(found.Id);
    }

    /// <summary>The host of a device, or null when it stands in none.</summary>
    /// <param name="osd">The device.</param>
    public string? HostOf(OsdId osd) => NameAbove(osd, "host");

    /// <summary>The weight of a device in the bucket that it stands in; null when it stands in none.</summary>
    /// <param name="osd">The device.</param>
    public double? WeightOf(OsdId osd)
    {
        CrushBucket? parent = ParentOf(osd.Value);
        return parent is null ? null : parent.ItemWeights[parent.Items.IndexOf(osd.Value)] / 65536.0;
    }

    /// <summary>Whether a bucket is the shadow of another one for a device class.</summary>
    /// <param name="bucket">The bucket's id.</param>
    public bool IsShadow(int bucket) => _shadows.Contains(bucket);

    private CrushNode Node(int id, uint weight, int depth)
    {
        CrushBucket? bucket = _map.BucketOf(id);
        return new CrushNode(
            id,
            _map.NameOf(id),
            bucket?.Type ?? 0,
            _map.TypeNameOf(bucket?.Type ?? 0),
            weight,
            id >= 0 ? _map.DeviceClassOf(id) : null,
            bucket is null || depth >= MostLevels ? [] : Children(bucket, depth));
    }

    private ValueList<CrushNode> Children(CrushBucket bucket, int depth)
    {
        if (_children.TryGetValue(bucket.Id, out ValueList<CrushNode>? known))
        {
            return known;
        }

        // What is asked for again while it is being drawn contains itself, and is empty there.
        _children[bucket.Id] = [];
        var items = bucket.Items.Select((item, i) => Node(item, bucket.ItemWeights[i], depth + 1));
        return _children[bucket.Id] =
        [
            .. items
                .OrderBy(n => n.IsDevice)
                .ThenBy(n => n.IsDevice ? n.DeviceClass ?? "" : n.Name, StringComparer.Ordinal)
                .ThenBy(n => n.Id),
        ];
    }
}
