namespace Kalmar.Wire;

/// <summary>
/// The addresses of one entity: Ceph's entity_addrvec_t. On the wire: u8 marker 2, u32 count, addresses; or marker 0 or 1 and a single
/// address.
/// </summary>
/// <param name="Addresses">In the order in which the entity prefers them; may be empty.</param>
public sealed record EntityAddressVector(IReadOnlyList<EntityAddress> Addresses) : IWireEncodable<EntityAddressVector>
{
    /// <summary>No address.</summary>
    public static EntityAddressVector Empty { get; } = new([]);

    /// <summary>The first address at which messenger 2 speaks, or null.</summary>
    public EntityAddress? Msgr2 => Addresses.FirstOrDefault(a => a.Type == EntityAddressType.Msgr2 && !a.IsBlank);

    /// <summary>The first address of the old messenger, or null.</summary>
    public EntityAddress? Legacy => Addresses.FirstOrDefault(a => a.Type == EntityAddressType.Legacy && !a.IsBlank);

    /// <inheritdoc/>
    public static EntityAddressVector Read(ref WireReader reader)
    {
        if (reader.Remaining > 0 && reader.Rest[0] == 2)
        {
            reader.Skip(1);
            return new EntityAddressVector(reader.ReadList<EntityAddress>(19));
        }

        var single = EntityAddress.Read(ref reader);
        return single.IsBlank && single.Type == EntityAddressType.None ? Empty : new EntityAddressVector([single]);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(2);
        writer.WriteList(Addresses);
    }

    /// <inheritdoc/>
    public bool Equals(EntityAddressVector? other) => other is not null && Addresses.SequenceEqual(other.Addresses);

    /// <inheritdoc/>
    public override int GetHashCode() => Addresses.Aggregate(0, HashCode.Combine);

    /// <summary>As Ceph prints it: <c>[v2:10.0.0.1:3300/0,v1:10.0.0.1:6789/0]</c>; one address stands without brackets.</summary>
    public override string ToString() => Addresses.Count switch
    {
        0 => "-",
        1 => Addresses[0].ToString(),
        _ => $"[{string.Join(',', Addresses)}]",
    };
}
