using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>
/// What beside its name decides where an object goes: Ceph's object_locator_t, VER(6,3), written with compat 6 when there is a hash.
/// </summary>
/// <param name="Pool">The pool.</param>
/// <param name="Key">Hashed in the name's place; or empty.</param>
/// <param name="NameSpace">The namespace, or empty.</param>
/// <param name="Hash">The hash to use, or -1.</param>
public sealed record ObjectLocator(PoolId Pool, string Key, string NameSpace, long Hash) : IWireEncodable<ObjectLocator>
{
    /// <inheritdoc/>
    public static ObjectLocator Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("object_locator_t", 6, out byte version);
        var pool = new PoolId(body.ReadI64());
        body.Skip(4);
        return new ObjectLocator(pool, body.ReadString(), version >= 5 ? body.ReadString() : "", version >= 6 ? body.ReadI64() : -1);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(6, Hash == -1 ? (byte)3 : (byte)6);
        writer.WriteI64(Pool.Value);
        writer.WriteI32(-1);
        writer.WriteString(Key);
        writer.WriteString(NameSpace);
        writer.WriteI64(Hash);
        writer.EndStruct(mark);
    }
}
