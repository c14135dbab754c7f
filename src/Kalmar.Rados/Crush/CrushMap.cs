using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Crush;

/// <summary>
/// The hierarchy and the rules that decide where data goes: Ceph's CrushWrapper. Immutable. Everything that Ceph keeps is kept, so that
/// writing a map gives the bytes it was read from.
/// </summary>
public sealed partial record CrushMap : IWireEncodable<CrushMap>
{
    /// <summary>The key in <see cref="ChooseArgs"/> of the weight set that serves pools without one of their own ("(compat)").</summary>
    public const long DefaultChooseArgs = -1;

    /// <summary>A map with nothing in it.</summary>
    public static CrushMap Empty { get; } = new();

    /// <summary>By index: the bucket with the id -1-index, or null. The length is Ceph's max_buckets.</summary>
    public ValueList<CrushBucket?> Buckets { get; init; } = [];

    /// <summary>By id: the rule, or null. The length is Ceph's max_rules.</summary>
    public ValueList<CrushRule?> Rules { get; init; } = [];

    /// <summary>One more than the largest device id.</summary>
    public int MaxDevices { get; init; }

    /// <summary>Names of bucket types (0 osd, 1 host, … 11 root).</summary>
    public ValueMap<int, string> TypeNames { get; init; } = ValueMap<int, string>.Empty;

    /// <summary>Names of buckets and devices by id; shadow buckets are named <c>bucket~class</c>.</summary>
    public ValueMap<int, string> ItemNames { get; init; } = ValueMap<int, string>.Empty;

    /// <summary>Names of rules by id.</summary>
    public ValueMap<int, string> RuleNames { get; init; } = ValueMap<int, string>.Empty;

    /// <summary>What steers the choosing.</summary>
    public CrushTunables Tunables { get; init; } = new();

    /// <summary>The class number of each device that has one, and of each shadow bucket.</summary>
    public ValueMap<int, int> ClassOf { get; init; } = ValueMap<int, int>.Empty;

    /// <summary>Names of device classes (hdd, ssd, nvme).</summary>
    public ValueMap<int, string> ClassNames { get; init; } = ValueMap<int, string>.Empty;

    /// <summary>For a bucket and a class number, the shadow bucket that holds only that class's devices.</summary>
    public ValueMap<int, ValueMap<int, int>> ShadowBuckets { get; init; } = ValueMap<int, ValueMap<int, int>>.Empty;

    /// <summary>Weight sets by pool number, or <see cref="DefaultChooseArgs"/>; each by bucket id.</summary>
    public ValueMap<long, ValueMap<int, CrushWeightSet>> ChooseArgs { get; init; } = ValueMap<long, ValueMap<int, CrushWeightSet>>.Empty;

    /// <summary>True when the tunables of multi-step-retry rules are written, as Squid does for peers that know them.</summary>
    public bool HasMsrTunables { get; init; }

    /// <summary>The bucket with this id, or null.</summary>
    /// <param name="id">A negative number.</param>
    public CrushBucket? BucketOf(int id)
    {
        int index = -1 - id;
        return id < 0 && index >= 0 && index < Buckets.Count ? Buckets[index] : null;
    }

    /// <summary>The rule with this id, or null.</summary>
    /// <param name="id">0 and up.</param>
    public CrushRule? RuleOf(int id) => id >= 0 && id < Rules.Count ? Rules[id] : null;

    /// <summary>The name of a bucket or device; <c>osd.N</c> or <c>bucketN</c> when the map gives none.</summary>
    /// <param name="id">Its id.</param>
    public string NameOf(int id) => ItemNames.TryGetValue(id, out string? name) ? name : id >= 0 ? $"osd.{id}" : $"bucket{-1 - id}";

    /// <summary>The name of a bucket type; <c>typeN</c> when the map gives none.</summary>
    /// <param name="type">Its number.</param>
    public string TypeNameOf(int type) => TypeNames.TryGetValue(type, out string? name) ? name : $"type{type}";

    /// <summary>The device class of an OSD (<c>ssd</c>), or null.</summary>
    /// <param name="device">The device's id.</param>
    public string? DeviceClassOf(int device) =>
        ClassOf.TryGetValue(device, out int number) && ClassNames.TryGetValue(number, out string? name) ? name : null;

    /// <summary>The weight set that serves a pool: its own, or the one for all, or null.</summary>
    /// <param name="pool">The pool's number.</param>
    public ValueMap<int, CrushWeightSet>? ChooseArgsFor(long pool) =>
        ChooseArgs.GetValueOrDefault(pool) ?? ChooseArgs.GetValueOrDefault(DefaultChooseArgs);

    /// <summary>The id of the bucket or device with this name, or null.</summary>
    /// <param name="name">For example <c>default</c> or <c>osd.3</c>.</param>
    public int? FindItem(string name)
    {
        int index = ItemNames.ValueSpan.IndexOf(name);
        return index < 0 ? null : ItemNames.KeySpan[index];
    }
}
