using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// How a cache pool remembers what was used: Ceph's HitSet::Params, VER(1,1): u8 type, and for types other than 0 the type's own
/// structure, which is kept as it came.
/// </summary>
/// <param name="Type">0 none, 1 hashes, 2 objects, 3 bloom filter.</param>
/// <param name="Body">The type's own structure, encoded; empty for type 0.</param>
public sealed record HitSetParameters(byte Type, ValueList<byte> Body) : IWireEncodable<HitSetParameters>
{
    /// <summary>No memory.</summary>
    public static HitSetParameters None { get; } = new(0, []);

    /// <inheritdoc/>
    public static HitSetParameters Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("HitSet::Params", 1, out _);
        byte type = body.ReadU8();
        return type == 0 && body.IsAtEnd ? None : new HitSetParameters(type, ValueList.Create(body.Rest));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(1, 1);
        writer.WriteU8(Type);
        writer.WriteBytes(Body.AsSpan());
        writer.EndStruct(mark);
    }
}
