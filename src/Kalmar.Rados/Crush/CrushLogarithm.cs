using System.Numerics;

namespace Kalmar.Rados.Crush;

/// <summary>
/// CRUSH's fixed-point logarithm, 2^44·log2(u+1), bit for bit as Ceph's. It is made of two tables: reciprocals and logarithms of 1+k/128, and
/// logarithms of 1+k/32768. They are computed here: the values are the floors and ceilings that mathematics gives, except that most of
/// the second table's are off by one constant and a few by amounts of their own, which belong to the placement of all data by now.
/// </summary>
internal static class CrushLogarithm
{
    private const int Precision = 192;
    private const ulong UsualOffset = 0x147700000;

    private static readonly (int K, ulong Offset)[] OwnOffsets =
    [
        (56, 5349423536), (127, 978272901), (134, 3588789669), (181, 4007963589), (184, 5423282367), (188, 2201924427),
        (193, 3829329171), (198, 2511158322), (199, 2670353280), (200, 3807665765), (207, 5045407031), (210, 4635559696),
        (212, 3670382108), (225, 3209098745), (227, 1514328394), (228, 2662093655), (229, 561838844), (231, 3537203772),
        (235, 4861921003), (236, 5281046906), (240, 2650193885), (241, 4203558265), (247, 362109528),
    ];

    private static readonly int[] NoOffset = [0, 1, 203, 216, 222, 233, 237, 238, 239, 243, 244, 245, 246, 248, 249, 250, 251, 252, 253, 254, 255];

    /// <summary>ceil(2^48 / (1 + k/128)), k = 0..128.</summary>
    internal static ulong[] Reciprocals { get; } =
        [.. Enumerable.Range(0, 129).Select(k => ((1UL << 55) + (ulong)(128 + k) - 1) / (ulong)(128 + k))];

    /// <summary>floor(2^48 · log2(1 + k/128)), k = 0..128; the last is a little short of 2^48.</summary>
    internal static ulong[] CoarseLogarithms { get; } =
        [.. Enumerable.Range(0, 128).Select(k => Log2(128 + k, 7)), 0xffff00000000];

    /// <summary>floor(2^48 · log2(1 + k/32768)) and the offset, k = 0..255.</summary>
    internal static ulong[] FineLogarithms { get; } = [.. Enumerable.Range(0, 256).Select(k => Log2(32768 + k, 15) + Offset(k))];

    /// <summary>For each u of 16 bits, 2^44·log2(u+1) - 2^48: what straw2 divides by an item's weight. Never above 0.</summary>
    internal static long[] Draws { get; } = [.. Enumerable.Range(0, 65536).Select(u => (long)Of((uint)u) - (1L << 48))];

    /// <summary>2^44·log2(u+1).</summary>
    /// <param name="u">0..65535.</param>
    internal static ulong Of(uint u)
    {
        uint x = u + 1;
        int shift = Math.Max(0, BitOperations.LeadingZeroCount(x) - 16);
        x <<= shift;
        uint coarse = (x >> 8) - 128;
        ulong fine = ((x * Reciprocals[coarse]) >> 48) & 0xff;
        return ((ulong)(15 - shift) << 44) + ((CoarseLogarithms[coarse] + FineLogarithms[fine]) >> 4);
    }

    private static ulong Offset(int k)
    {
        int own = Array.FindIndex(OwnOffsets, o => o.K == k);
        return own >= 0 ? OwnOffsets[own].Offset : Array.IndexOf(NoOffset, k) >= 0 ? 0 : UsualOffset;
    }

    /// <summary>floor(2^48 · log2(numerator / 2^power)) of a number in [1, 2): one bit for each squaring.</summary>
    private static ulong Log2(int numerator, int power)
    {
        BigInteger x = new BigInteger(numerator) << (Precision - power);
        BigInteger two = BigInteger.One << (Precision + 1);
        ulong result = 0;
        for (int bit = 0; bit < 48; bit++)
        {
            x = (x * x) >> Precision;
            result <<= 1;
            if (x >= two)
            {
                x >>= 1;
                result |= 1;
            }
        }

        return result;
    }
}
