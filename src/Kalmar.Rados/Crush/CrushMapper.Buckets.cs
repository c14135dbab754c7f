using System.Numerics;

namespace Kalmar.Rados.Crush;

/// <content>How a bucket of each algorithm chooses one of its items.</content>
public sealed partial class CrushMapper
{
    private int ChooseItem(CrushBucket bucket, uint x, int r, int position) => bucket.Algorithm switch
    {
        CrushAlgorithm.Uniform => ChoosePermuted(bucket, x, r),
        CrushAlgorithm.List => ChooseFromList(bucket, x, r),
        CrushAlgorithm.Tree => ChooseFromTree(bucket, x, r),
        CrushAlgorithm.Straw => ChooseByStraws(bucket, x, r),
        _ => ChooseByLogarithms(bucket, x, r, position),
    };

    /// <summary>The item at place r of a permutation that the hash shuffles, place by place.</summary>
    private static int ChoosePermuted(CrushBucket bucket, uint x, int r)
    {
        int size = bucket.Items.Count;
        int place = (int)((uint)r % (uint)size);
        int[] order = System.Buffers.ArrayPool<int>.Shared.Rent(size);
        for (int i = 0; i < size; i++)
        {
            order[i] = i;
        }

        for (int i = 0; i <= place && i < size - 1; i++)
        {
            int other = i + (int)(CrushHash.Of(x, (uint)bucket.Id, (uint)i) % (uint)(size - i));
            (order[i], order[other]) = (order[other], order[i]);
        }

        int chosen = bucket.Items[order[place]];
        System.Buffers.ArrayPool<int>.Shared.Return(order);
        return chosen;
    }

    /// <summary>From the newest item to the oldest: each takes its part of the weight so far.</summary>
    private static int ChooseFromList(CrushBucket bucket, uint x, int r)
    {
        for (int i = bucket.Items.Count - 1; i > 0; i--)
        {
            ulong draw = CrushHash.Of(x, (uint)bucket.Items[i], (uint)r, (uint)bucket.Id) & 0xffff;
            if ((draw * bucket.AlgorithmData[i]) >> 16 < bucket.ItemWeights[i])
            {
                return bucket.Items[i];
            }
        }

        return bucket.Items[0];
    }

    /// <summary>From the root down; nodes are numbered in order, so that a node's height is its number of trailing zeros.</summary>
    private static int ChooseFromTree(CrushBucket bucket, uint x, int r)
    {
        ReadOnlySpan<uint> nodes = bucket.AlgorithmData.AsSpan();
        int node = nodes.Length >> 1;
        while ((node & 1) == 0 && node > 0)
        {
            ulong draw = ((ulong)CrushHash.Of(x, (uint)node, (uint)r, (uint)bucket.Id) * nodes[node]) >> 32;
            int step = 1 << (BitOperations.TrailingZeroCount(node) - 1);
            node = draw < nodes[node - step] ? node - step : node + step;
            if (node >= nodes.Length)
            {
                break;
            }
        }

        int index = node >> 1;
        return bucket.Items[Math.Min(index, bucket.Items.Count - 1)];
    }

    /// <summary>The longest straw wins; their lengths were computed when the bucket was made.</summary>
    private static int ChooseByStraws(CrushBucket bucket, uint x, int r)
    {
        int best = 0;
        ulong longest = 0;
        for (int i = 0; i < bucket.Items.Count; i++)
        {
            ulong draw = (CrushHash.Of(x, (uint)bucket.Items[i], (uint)r) & 0xffff) * (ulong)bucket.AlgorithmData[i];
            if (i == 0 || draw > longest)
            {
                best = i;
                longest = draw;
            }
        }

        return bucket.Items[best];
    }

    /// <summary>straw2: the largest of ln(hash)/weight wins, the first among equals; weight 0 never wins against a weight.</summary>
    private int ChooseByLogarithms(CrushBucket bucket, uint x, int r, int position)
    {
        ReadOnlySpan<int> items = bucket.Items.AsSpan();
        ReadOnlySpan<int> ids = items;
        ReadOnlySpan<uint> weights = bucket.ItemWeights.AsSpan();
        if (_chooseArgs is not null && _chooseArgs.TryGetValue(bucket.Id, out CrushWeightSet? set))
        {
            if (set.Positions.Count > 0 && set.Positions[Math.Min(position, set.Positions.Count - 1)] is { } own && own.Count == items.Length)
            {
                weights = own.AsSpan();
            }

            ids = set.Ids.Count == items.Length ? set.Ids.AsSpan() : items;
        }

        long[] draws = CrushLogarithm.Draws;
        int best = 0;
        long highest = long.MinValue;
        for (int i = 0; i < items.Length; i++)
        {
            uint weight = weights[i];
            if (weight == 0)
            {
                continue;
            }

            long draw = draws[CrushHash.Of(x, (uint)ids[i], (uint)r) & 0xffff] / weight;
            if (draw > highest)
            {
                highest = draw;
                best = i;
            }
        }

        return items[best];
    }
}
