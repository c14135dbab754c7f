namespace Kalmar.Wire;

/// <summary>Who sent a message: Ceph's entity_name_t, u8 type and s64 number (<c>osd.3</c>, <c>client.4123</c>; MDS have -1).</summary>
/// <param name="Type">The kind of entity.</param>
/// <param name="Number">OSD id, monitor rank, global id; -1 when there is none.</param>
public readonly record struct EntityInstance(EntityType Type, long Number) : IWireEncodable<EntityInstance>
{
    /// <inheritdoc/>
    public static EntityInstance Read(ref WireReader reader) => new((EntityType)reader.ReadU8(), reader.ReadI64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8((byte)Type);
        writer.WriteI64(Number);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type.ToWireName()}.{Number}";
}
