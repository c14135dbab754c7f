namespace Kalmar.Rados.Crush;

/// <summary>Robert Jenkins' 96-bit mix over two to four numbers, the only hash that CRUSH has (rjenkins1).</summary>
public static class CrushHash
{
    private const uint Seed = 1315423911;
    private const uint X = 231232;
    private const uint Y = 1232;

    /// <summary>The hash of two numbers.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    public static uint Of(uint a, uint b)
    {
        uint hash = Seed ^ a ^ b, x = X, y = Y;
        Mix(ref a, ref b, ref hash);
        Mix(ref x, ref a, ref hash);
        Mix(ref b, ref y, ref hash);
        return hash;
    }

    /// <summary>The hash of three numbers.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    public static uint Of(uint a, uint b, uint c)
    {
        uint hash = Seed ^ a ^ b ^ c, x = X, y = Y;
        Mix(ref a, ref b, ref hash);
        Mix(ref c, ref x, ref hash);
        Mix(ref y, ref a, ref hash);
        Mix(ref b, ref x, ref hash);
        Mix(ref y, ref c, ref hash);
        return hash;
    }

    /// <summary>The hash of four numbers.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    public static uint Of(uint a, uint b, uint c, uint d)
    {
        uint hash = Seed ^ a ^ b ^ c ^ d, x = X, y = Y;
        Mix(ref a, ref b, ref hash);
        Mix(ref c, ref d, ref hash);
        Mix(ref a, ref x, ref hash);
        Mix(ref y, ref b, ref hash);
        Mix(ref c, ref x, ref hash);
        Mix(ref y, ref d, ref hash);
        return hash;
    }

    /// <summary>Stirs three numbers; Ceph uses the same for names of objects.</summary>
    internal static void Mix(ref uint a, ref uint b, ref uint c)
    {
        unchecked
        {
            a = (a - b - c) ^ (c >> 13);
            b = (b - c - a) ^ (a << 8);
            c = (c - a - b) ^ (b >> 13);
            a = (a - b - c) ^ (c >> 12);
            b = (b - c - a) ^ (a << 16);
            c = (c - a - b) ^ (b >> 5);
            a = (a - b - c) ^ (c >> 3);
            b = (b - c - a) ^ (a << 10);
            c = (c - a - b) ^ (b >> 15);
        }
    }
}
