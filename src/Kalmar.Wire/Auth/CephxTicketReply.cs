namespace Kalmar.Wire.Auth;

/// <summary>
/// Tickets on their way to their owner: u8 1, u32 count, and for each u32 service, u8 1, blob CephXServiceTicket sealed with the owner's key,
/// u8 sealed again?, blob: the ticket blob, or a blob that holds it sealed with the session key of the ticket before.
/// </summary>
internal static class CephxTicketReply
{
    private const int MinimumItemSize = 14;

    /// <summary>Reads tickets.</summary>
    /// <param name="reader">Where the reply starts.</param>
    /// <param name="key">The owner's key: an entity's secret, or its session key with the monitors.</param>
    /// <param name="oldSessionKey">The session key of the AUTH ticket that was shown, if one was.</param>
    /// <param name="now">When the reply came.</param>
    /// <param name="stranger">What to tell the user when the key does not open the reply.</param>
    public static CephxTicket[] Read(ref WireReader reader, CephKey key, CephKey? oldSessionKey, DateTimeOffset now, string stranger)
    {
        reader.ReadVersion("ticket reply", 1);
        var tickets = new CephxTicket[reader.ReadCount(MinimumItemSize)];
        for (int i = 0; i < tickets.Length; i++)
        {
            tickets[i] = ReadOne(ref reader, key, oldSessionKey, now, stranger);
        }

        return tickets;
    }

    /// <summary>Writes tickets.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tickets">The tickets, as their owner shall hold them.</param>
    /// <param name="key">The owner's key.</param>
    /// <param name="oldSessionKey">The session key with which the ticket blobs are sealed again, or null.</param>
    public static void Write(WireWriter writer, IReadOnlyCollection<CephxTicket> tickets, CephKey key, CephKey? oldSessionKey)
    {
        writer.WriteU8(1);
        writer.WriteU32((uint)tickets.Count);
        foreach (CephxTicket ticket in tickets)
        {
            writer.WriteU32((uint)ticket.Service);
            writer.WriteU8(1);
            var validity = new Utime((uint)ticket.Validity.TotalSeconds, (uint)(ticket.Validity.Ticks % TimeSpan.TicksPerSecond * 100));
            writer.WriteBlob(CephxSeal.Seal(key, CephxKeyUsage.TicketSessionKey, new CephxServiceTicket(ticket.SessionKey, validity)));
            writer.WriteBool(oldSessionKey is not null);
            var blob = new WireWriter();
            blob.Write(ticket.Blob);
            if (oldSessionKey is null)
            {
                writer.WriteBlob(blob.WrittenSpan);
            }
            else
            {
                writer.WriteBlob(CephxSeal.Seal(oldSessionKey, CephxKeyUsage.TicketBlob, w => w.WriteBlob(blob.WrittenSpan)));
            }
        }
    }

    private static CephxTicket ReadOne(ref WireReader reader, CephKey key, CephKey? oldSessionKey, DateTimeOffset now, string stranger)
    {
        var service = (EntityType)reader.ReadU32();
        reader.ReadVersion("ticket", 1);
        byte[] content = CephxSeal.TryUnseal(key, CephxKeyUsage.TicketSessionKey, reader.ReadBlob())
            ?? throw new CephAuthenticationException(Errno.AccessDenied, stranger);
        var inner = new WireReader(content, "CephXServiceTicket");
        CephxServiceTicket ticket = CephxServiceTicket.Read(ref inner);
        bool again = reader.ReadBool();
        ReadOnlySpan<byte> bytes = reader.ReadBlob();
        if (!again)
        {
            var plain = new WireReader(bytes, "CephXTicketBlob");
            return Make(service, ticket, CephxTicketBlob.Read(ref plain), now);
        }

        if (oldSessionKey is null)
        {
            throw reader.Error("a ticket sealed with the session key of an older one, but none was shown");
        }

        byte[] opened = CephxSeal.Unseal(oldSessionKey, CephxKeyUsage.TicketBlob, bytes, "a ticket blob");
        var nested = new WireReader(opened, "sealed ticket blob");
        WireReader body = nested.ReadNested("CephXTicketBlob");
        return Make(service, ticket, CephxTicketBlob.Read(ref body), now);
    }

    private static CephxTicket Make(EntityType service, CephxServiceTicket ticket, CephxTicketBlob blob, DateTimeOffset now) =>
        new(service, ticket.SessionKey, blob, now, ticket.Validity.ToTimeSpan());
}
