using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>A point in a PG's log: Ceph's eversion_t. On the wire: u64 version, u32 epoch.</summary>
/// <param name="Epoch">The map's epoch.</param>
/// <param name="Version">The number within the PG.</param>
public readonly record struct EVersion(Epoch Epoch, ulong Version) : IWireEncodable<EVersion>, IComparable<EVersion>
{
    /// <inheritdoc/>
    public static EVersion Read(ref WireReader reader)
    {
        ulong version = reader.ReadU64();
        return new EVersion(new Epoch(reader.ReadU32()), version);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Version);
        writer.WriteU32(Epoch.Value);
    }

    /// <inheritdoc/>
    public int CompareTo(EVersion other) => Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch) : Version.CompareTo(other.Version);

    /// <summary><c>12'345</c>, as Ceph prints it.</summary>
    public override string ToString() => $"{Epoch}'{Version}";
}
