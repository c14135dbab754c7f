namespace Kalmar.Wire.Auth;

/// <summary>
/// Renews service tickets over an open session with a monitor: the payload of MAuth (u16 0x0200, an authorizer for the auth service, u8 1,
/// u32 services) and of MAuthReply (u16 0x0200, s32 status, ticket reply sealed with the AUTH session key). The AUTH ticket itself is renewed
/// by a new session.
/// </summary>
public sealed class CephxTicketRenewal
{
    private readonly CephxTicket _auth;
    private readonly TimeProvider _timeProvider;

    /// <summary>Prepares one request.</summary>
    /// <param name="store">Holds the AUTH ticket and the global id.</param>
    /// <param name="services">Which tickets to ask for.</param>
    /// <param name="timeProvider">Tells when tickets were obtained.</param>
    /// <exception cref="CephAuthenticationException">There is no valid AUTH ticket: a new session is needed.</exception>
    public CephxTicketRenewal(CephxTicketStore store, EntityType services, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        _auth = store.Find(EntityType.Auth) ?? throw new CephAuthenticationException(
            Errno.NotPermitted, "the session with the monitors has no valid ticket any more: a new session is needed");
        var writer = new WireWriter();
        writer.WriteU16((ushort)CephxOperation.GetServiceTickets);
        writer.Write(CephxAuthorizer.Make(store.GlobalId, _auth, new CephxAuthorize(CephxChallenge.Random(), HasChallenge: false, 0)));
        writer.WriteU8(1);
        writer.WriteU32((uint)(services & ~EntityType.Auth));
        Request = writer.ToArray();
    }

    /// <summary>The payload of MAuth (protocol 2).</summary>
    public byte[] Request { get; }

    /// <summary>Reads the payload of MAuthReply.</summary>
    /// <param name="payload">What the monitor sent.</param>
    /// <returns>The tickets, for <see cref="CephxTicketStore.Renew"/>.</returns>
    /// <exception cref="CephAuthenticationException">The monitor refused.</exception>
    /// <exception cref="CephProtocolException">The payload makes no sense.</exception>
    public IReadOnlyList<CephxTicket> ReadReply(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload, "ticket renewal");
        CephxReplyHeader.Read(ref reader, CephxOperation.GetServiceTickets, "to renew tickets");
        return CephxTicketReply.Read(
            ref reader, _auth.SessionKey, null, _timeProvider.GetUtcNow(), "cephx: the renewed tickets are not sealed with the session key");
    }
}
