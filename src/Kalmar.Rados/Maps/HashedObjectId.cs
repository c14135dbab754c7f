using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>An object with its hash, a place in the order of a pool's objects: Ceph's hobject_t, VER(4,3).</summary>
/// <param name="Key">The locator key, or empty.</param>
/// <param name="Name">The object's name.</param>
/// <param name="Snap">The snapshot; 0xfffffffffffffffe is the object itself.</param>
/// <param name="Hash">The hash of the name or key.</param>
/// <param name="IsMax">True for the place behind all objects.</param>
/// <param name="NameSpace">The namespace, or empty.</param>
/// <param name="Pool">The pool.</param>
public sealed record HashedObjectId(string Key, string Name, ulong Snap, uint Hash, bool IsMax, string NameSpace, PoolId Pool)
    : IWireEncodable<HashedObjectId>
{
    /// <inheritdoc/>
    public static HashedObjectId Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("hobject_t", 4, out _);
        return new HashedObjectId(
            body.ReadString(),
            body.ReadString(),
            body.ReadU64(),
            body.ReadU32(),
            body.ReadBool(),
            body.ReadString(),
            new PoolId(body.ReadI64()));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(4, 3);
        writer.WriteString(Key);
        writer.WriteString(Name);
        writer.WriteU64(Snap);
        writer.WriteU32(Hash);
        writer.WriteBool(IsMax);
        writer.WriteString(NameSpace);
        writer.WriteI64(Pool.Value);
        writer.EndStruct(mark);
    }
}
