using Kalmar.Rados.Maps;

namespace Kalmar.Rados.Crush;

/// <summary>A node of the hierarchy that is not a device: Ceph's crush_bucket.</summary>
/// <param name="Id">Negative; the bucket stands at index -1-Id.</param>
/// <param name="Type">The number of its type (1 is usually host); 0 is for devices only.</param>
/// <param name="Algorithm">How it chooses.</param>
/// <param name="Hash">The hash; 0 is rjenkins1, the only one there is.</param>
/// <param name="Weight">The sum of its items' weights, 0x10000 is 1.0.</param>
/// <param name="Items">What stands in it: devices (0 and up) and buckets (negative).</param>
/// <param name="ItemWeights">The weight of each item, 0x10000 is 1.0. For uniform and tree buckets derived when read.</param>
public sealed record CrushBucket(
    int Id, ushort Type, CrushAlgorithm Algorithm, byte Hash, uint Weight, ValueList<int> Items, ValueList<uint> ItemWeights)
{
    /// <summary>
    /// What the algorithm keeps beside the weights: list, the sum of the weights up to each item; straw, the length of each straw; tree, the
    /// weight of each node; uniform, the one weight. Empty for straw2.
    /// </summary>
    public ValueList<uint> AlgorithmData { get; init; } = [];
}
