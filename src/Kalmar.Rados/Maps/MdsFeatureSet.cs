using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Named features: Ceph's CompatSet::FeatureSet, u64 mask, map&lt;u64, string&gt;.</summary>
/// <param name="Mask">One bit for each feature; bit 0 as it came, which is set in some maps only.</param>
/// <param name="Names">Names by number.</param>
public sealed record MdsFeatureSet(ulong Mask, ValueMap<ulong, string> Names) : IWireEncodable<MdsFeatureSet>
{
    /// <summary>No features.</summary>
    public static MdsFeatureSet Empty { get; } = new(0, ValueMap<ulong, string>.Empty);

    /// <inheritdoc/>
    public static MdsFeatureSet Read(ref WireReader reader) => new(
        reader.ReadU64(),
        reader.ReadValueMap(static (ref WireReader r) => r.ReadU64(), static (ref WireReader r) => r.ReadString(), 12));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Mask);
        writer.WriteMap(Names, static (w, k) => w.WriteU64(k), static (w, v) => w.WriteString(v));
    }
}
