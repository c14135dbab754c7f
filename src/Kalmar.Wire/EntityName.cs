namespace Kalmar.Wire;

/// <summary>Who somebody is for cephx: <c>client.admin</c>, <c>osd.3</c>, <c>mon.</c>. Ceph's EntityName: u32 type, string id.</summary>
/// <param name="Type">The kind of entity.</param>
/// <param name="Id">What stands behind the first dot; may be empty.</param>
public readonly record struct EntityName(EntityType Type, string Id) : IWireEncodable<EntityName>
{
    /// <summary>Parses <c>type.id</c>.</summary>
    /// <param name="text">For example <c>client.admin</c>.</param>
    /// <exception cref="FormatException">There is no dot, or the type is unknown.</exception>
    public static EntityName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        EntityType type = (dot < 0 ? text : text[..dot]) switch
        {
            "mon" => EntityType.Mon,
            "mds" => EntityType.Mds,
            "osd" => EntityType.Osd,
            "client" => EntityType.Client,
            "mgr" => EntityType.Mgr,
            "auth" => EntityType.Auth,
            _ => EntityType.None,
        };
        return dot >= 0 && type != EntityType.None
            ? new EntityName(type, text[(dot + 1)..])
            : throw new FormatException($"'{text}' is not an entity name: expected TYPE.ID, for example client.admin");
    }

    /// <inheritdoc/>
    public static EntityName Read(ref WireReader reader) => new((EntityType)reader.ReadU32(), reader.ReadString());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32((uint)Type);
        writer.WriteString(Id);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type.ToWireName()}.{Id}";
}
