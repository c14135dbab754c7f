using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>What a metadata server must know to work with a file system: Ceph's CompatSet.</summary>
/// <param name="Compatible">Features that nobody needs to know.</param>
/// <param name="ReadOnlyCompatible">Features that must be known in order to write.</param>
/// <param name="Incompatible">Features that must be known.</param>
public sealed record MdsCompatibility(MdsFeatureSet Compatible, MdsFeatureSet ReadOnlyCompatible, MdsFeatureSet Incompatible)
    : IWireEncodable<MdsCompatibility>
{
    /// <summary>No features.</summary>
    public static MdsCompatibility Empty { get; } = new(MdsFeatureSet.Empty, MdsFeatureSet.Empty, MdsFeatureSet.Empty);

    /// <inheritdoc/>
    public static MdsCompatibility Read(ref WireReader reader) =>
        new(MdsFeatureSet.Read(ref reader), MdsFeatureSet.Read(ref reader), MdsFeatureSet.Read(ref reader));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Compatible.Write(writer);
        ReadOnlyCompatible.Write(writer);
        Incompatible.Write(writer);
    }
}
