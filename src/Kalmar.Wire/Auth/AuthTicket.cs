namespace Kalmar.Wire.Auth;

/// <summary>
/// Who the holder of a ticket is, Ceph's AuthTicket: u8 2, EntityName, u64 global id, u64 (once a user's number), utime created, utime
/// expires, AuthCapsInfo, u32 flags (from version 2 on).
/// </summary>
/// <param name="Name">The holder.</param>
/// <param name="GlobalId">The holder's global id.</param>
/// <param name="Created">Since when it is valid.</param>
/// <param name="Expires">Until when it is valid.</param>
/// <param name="Caps">What it allows.</param>
/// <param name="Flags">0 in what is seen.</param>
public sealed record AuthTicket(EntityName Name, ulong GlobalId, Utime Created, Utime Expires, AuthCapsInfo Caps, uint Flags)
    : IWireEncodable<AuthTicket>
{
    private const ulong NoUserNumber = ulong.MaxValue;

    /// <inheritdoc/>
    public static AuthTicket Read(ref WireReader reader)
    {
        byte version = reader.ReadVersion("AuthTicket", 2);
        var name = EntityName.Read(ref reader);
        ulong globalId = reader.ReadU64();
        reader.Skip(8);
        var created = Utime.Read(ref reader);
        var expires = Utime.Read(ref reader);
        var caps = AuthCapsInfo.Read(ref reader);
        return new AuthTicket(name, globalId, created, expires, caps, version >= 2 ? reader.ReadU32() : 0);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(2);
        writer.Write(Name);
        writer.WriteU64(GlobalId);
        writer.WriteU64(NoUserNumber);
        writer.Write(Created);
        writer.Write(Expires);
        writer.Write(Caps);
        writer.WriteU32(Flags);
    }
}
