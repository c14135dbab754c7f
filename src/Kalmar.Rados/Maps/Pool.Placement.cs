using System.Numerics;
using Kalmar.Rados.Crush;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <content>From objects to placement groups, and from these to what CRUSH hashes.</content>
public sealed partial record Pool
{
    /// <summary>The placement group of an object with this hash.</summary>
    /// <param name="pool">The pool's number.</param>
    /// <param name="hash">The hash of the object's name, see <see cref="ObjectNameHash"/>.</param>
    public PgId PgOf(PoolId pool, uint hash) => new(pool, StableMod(hash, PgNum));

    /// <summary>What CRUSH hashes for a PG.</summary>
    /// <param name="pg">The PG.</param>
    public uint PlacementSeed(PgId pg)
    {
        uint seed = StableMod(pg.Seed, PgpNum);
        uint pool = unchecked((uint)pg.Pool.Value);
        return Flags.HasFlag(PoolFlags.HashPsPool) ? CrushHash.Of(seed, pool) : unchecked(seed + pool);
    }

    /// <summary>
    /// x modulo count such that few values move when count grows: by the next power of two, and by half of it for what would lie beyond.
    /// </summary>
    /// <param name="x">What is divided.</param>
    /// <param name="count">The divisor; 0 gives 0.</param>
    public static uint StableMod(uint x, uint count)
    {
        if (count <= 1)
        {
            return 0;
        }

        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(count - 1);
        return (x & mask) < count ? x & mask : x & (mask >> 1);
    }
}
