namespace Kalmar.Rados.Crush.Text;

/// <summary>
/// The straw lengths of straw buckets: from the lightest item up, each straw is longer than the last by a factor that makes up for how much
/// heavier its item is. Version 0, which old maps have, counts items of weight 0 and of equal weight wrongly; both must give Ceph's bits.
/// </summary>
internal static class CrushStraws
{
    /// <summary>The lengths, 0x10000 for the lightest item that weighs anything.</summary>
    /// <param name="weights">The weights, 0x10000 is 1.0.</param>
    /// <param name="version">0, or 1 and up.</param>
    public static uint[] Lengths(uint[] weights, byte version)
    {
        int[] order = [.. Enumerable.Range(0, weights.Length).OrderBy(i => weights[i])];
        var lengths = new uint[weights.Length];
        int left = version == 0 ? weights.Length : weights.Count(w => w > 0);
        double length = 1, below = 0, last = 0;
        for (int i = Array.FindIndex(order, o => weights[o] > 0); i >= 0 && i < order.Length; i++)
        {
            uint weight = weights[order[i]];
            lengths[order[i]] = (uint)(long)(length * 0x10000);
            if (i + 1 == order.Length || (version == 0 && weights[order[i + 1]] == weight))
            {
                continue;
            }

            uint next = weights[order[i + 1]];
            below += (weight - last) * left;
            left -= version == 0 ? order.Skip(i + 1).TakeWhile(o => weights[o] == next).Count() : 1;

            // The product wraps at 32 bits there too.
            double above = unchecked((uint)left * (next - weight));
            length *= Math.Pow(1.0 / (below / (below + above)), 1.0 / left);
            last = weight;
        }

        return lengths;
    }
}
