namespace Kalmar.Wire.Auth;

/// <summary>
/// What proves to a service that we hold a ticket for it, Ceph's CephXAuthorizer: u8 1 (the mode byte), u64 global id, u32 service, ticket
/// blob, blob CephXAuthorize sealed with the ticket's session key.
/// </summary>
internal sealed record CephxAuthorizer(ulong GlobalId, EntityType Service, CephxTicketBlob Ticket, ReadOnlyMemory<byte> Sealed)
    : IWireEncodable<CephxAuthorizer>
{
    public const byte Mode = 1;

    public static CephxAuthorizer Make(ulong globalId, CephxTicket ticket, CephxAuthorize content) => new(
        globalId, ticket.Service, ticket.Blob, CephxSeal.Seal(ticket.SessionKey, CephxKeyUsage.Authorize, content));

    public static CephxAuthorizer Read(ref WireReader reader)
    {
        reader.ReadVersion("authorizer", Mode);
        return new CephxAuthorizer(
            reader.ReadU64(), (EntityType)reader.ReadU32(), CephxTicketBlob.Read(ref reader), reader.ReadBlob().ToArray());
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(Mode);
        writer.WriteU64(GlobalId);
        writer.WriteU32((uint)Service);
        writer.Write(Ticket);
        writer.WriteBlob(Sealed.Span);
    }

    public byte[] ToArray()
    {
        var writer = new WireWriter();
        Write(writer);
        return writer.ToArray();
    }
}
