namespace Kalmar.Rados.Crush.Text;

/// <summary>Makes buckets with what their algorithms compute from the weights.</summary>
internal static class CrushBucketMaker
{
    /// <summary>More items need more nodes than the one byte on the wire can count.</summary>
    public const int MostTreeItems = 64;

    /// <summary>Makes a bucket.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="type">Its type.</param>
    /// <param name="algorithm">How it chooses.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="items">What stands in it.</param>
    /// <param name="weights">The items' weights; their sum fits 32 bits; all the same for a uniform bucket.</param>
    /// <param name="strawVersion">How straws are computed: <see cref="CrushTunables.StrawCalcVersion"/>.</param>
    public static CrushBucket Make(int id, ushort type, CrushAlgorithm algorithm, byte hash, int[] items, uint[] weights, byte strawVersion)
    {
        uint sum = 0;
        foreach (uint weight in weights)
        {
            sum = checked(sum + weight);
        }

        return new CrushBucket(id, type, algorithm, hash, sum, [.. items], [.. weights])
        {
            AlgorithmData = algorithm switch
            {
                CrushAlgorithm.Uniform => [weights.Length == 0 ? 0 : weights[0]],
                CrushAlgorithm.List => [.. RunningSums(weights)],
                CrushAlgorithm.Tree => [.. TreeNodes(weights)],
                CrushAlgorithm.Straw => [.. CrushStraws.Lengths(weights, strawVersion)],
                _ => [],
            },
        };
    }

    private static uint[] RunningSums(uint[] weights)
    {
        var sums = new uint[weights.Length];
        uint sum = 0;
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += weights[i];
        }

        return sums;
    }

    /// <summary>
    /// Item i is node 2i+1; the number of trailing zeros of a node's number is its height, and the node above at height h is the number with
    /// the bits below h cleared and bit h set. Each node weighs what stands below it.
    /// </summary>
    private static uint[] TreeNodes(uint[] weights)
    {
        if (weights.Length == 0)
        {
            return [];
        }

        int height = 0;
        while (1 << height < weights.Length)
        {
            height++;
        }

        var nodes = new uint[2 << height];
        for (int i = 0; i < weights.Length; i++)
        {
            int leaf = (2 * i) + 1;
            for (int h = 0; h <= height; h++)
            {
                nodes[((leaf >> (h + 1)) << (h + 1)) | (1 << h)] += weights[i];
            }
        }

        return nodes;
    }
}
