using System.Globalization;

namespace Kalmar.Wire;

/// <summary>A placement group: Ceph's pg_t. On the wire: u8 1, u64 pool, u32 seed, s32 -1.</summary>
/// <param name="Pool">Its pool.</param>
/// <param name="Seed">Its number within the pool; printed in hexadecimal.</param>
public readonly record struct PgId(PoolId Pool, uint Seed) : IWireEncodable<PgId>, IComparable<PgId>
{
    /// <summary>Parses <c>POOL.SEED</c> with the seed in hexadecimal, as Ceph prints it.</summary>
    /// <param name="text">For example <c>2.1f</c>.</param>
    /// <param name="pg">The placement group.</param>
    public static bool TryParse(string text, out PgId pg)
    {
        ArgumentNullException.ThrowIfNull(text);
        pg = default;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long pool)
            || !uint.TryParse(text.AsSpan(dot + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint seed))
        {
            return false;
        }

        pg = new PgId(new PoolId(pool), seed);
        return true;
    }

    /// <inheritdoc/>
    public static PgId Read(ref WireReader reader)
    {
        byte version = reader.ReadU8();
        if (version != 1)
        {
            throw reader.Error($"unknown pg_t version {version}");
        }

        long pool = reader.ReadI64();
        uint seed = reader.ReadU32();
        reader.Skip(4);
        return new PgId(new PoolId(pool), seed);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        writer.WriteI64(Pool.Value);
        writer.WriteU32(Seed);
        writer.WriteI32(-1);
    }

    /// <inheritdoc/>
    public int CompareTo(PgId other) => Pool != other.Pool ? Pool.CompareTo(other.Pool) : Seed.CompareTo(other.Seed);

    /// <summary><c>2.1f</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pool.Value}.{Seed:x}");
}
