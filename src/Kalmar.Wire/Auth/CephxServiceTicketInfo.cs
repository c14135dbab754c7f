namespace Kalmar.Wire.Auth;

/// <summary>What the service learns from a ticket, Ceph's CephXServiceTicketInfo: u8 1, AuthTicket, CryptoKey session key.</summary>
internal sealed record CephxServiceTicketInfo(AuthTicket Ticket, CephKey SessionKey) : IWireEncodable<CephxServiceTicketInfo>
{
    /// <summary>The most that the making of a ticket and of its session key can lie apart; Ceph holds to the same.</summary>
    private static readonly TimeSpan SameMoment = TimeSpan.FromMinutes(5);

    public static CephxServiceTicketInfo Read(ref WireReader reader)
    {
        reader.ReadVersionOfLast("CephXServiceTicketInfo");
        return new CephxServiceTicketInfo(AuthTicket.Read(ref reader), reader.ReadPresentKey("CephXServiceTicketInfo"));
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(1);
        writer.Write(Ticket);
        writer.Write(SessionKey);
    }

    /// <summary>Seals the ticket for the service.</summary>
    public CephxTicketBlob Seal(ulong secretId, CephKey secret) => new(secretId, CephxSeal.Seal(secret, CephxKeyUsage.TicketInfo, this));

    /// <summary>
    /// Opens a ticket. The Aes128 envelope has no MAC, so that somebody with a ticket of his own could swap bits in it: a ticket is taken
    /// only when it encodes to the very same bytes again and its times make sense. Null when it is not.
    /// </summary>
    public static CephxServiceTicketInfo? TryOpen(CephKey secret, CephxTicketBlob blob)
    {
        byte[]? content = CephxSeal.TryUnseal(secret, CephxKeyUsage.TicketInfo, blob.Blob.Span);
        if (content is null)
        {
            return null;
        }

        try
        {
            var reader = new WireReader(content, "CephXServiceTicketInfo");
            CephxServiceTicketInfo info = Read(ref reader);
            var writer = new WireWriter(content.Length);
            info.Write(writer);
            return writer.WrittenSpan.SequenceEqual(content) && info.IsPlausible ? info : null;
        }
        catch (CephProtocolException)
        {
            return null;
        }
    }

    private bool IsPlausible
    {
        get
        {
            TimeSpan apart = SessionKey.Created.ToDateTimeOffset() - Ticket.Created.ToDateTimeOffset();
            return Ticket.Created < Ticket.Expires && Ticket.Created.Nanoseconds <= 1_000_000_000 && Ticket.Expires.Nanoseconds <= 1_000_000_000
                && apart.Duration() <= SameMoment;
        }
    }
}
