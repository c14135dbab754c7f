namespace Kalmar.Wire.Auth;

/// <summary>
/// cephx as a client to an OSD, MDS or mgr: an authorizer made of a ticket; the daemon challenges; the authorizer once more with the
/// challenge in it; the daemon proves that it opened the ticket, and sends the connection secret.
/// </summary>
/// <param name="globalId">Our global id.</param>
/// <param name="ticket">A ticket for the daemon's kind of service.</param>
public sealed class CephxServiceClientAuthenticator(ulong globalId, CephxTicket ticket) : IClientAuthenticator
{
    private readonly ulong _nonce = CephxChallenge.Random();
    private bool _answered;

    /// <inheritdoc/>
    public AuthMethod Method => AuthMethod.Cephx;

    /// <inheritdoc/>
    public byte[] Begin() => CephxAuthorizer.Make(globalId, ticket, new CephxAuthorize(_nonce, HasChallenge: false, 0)).ToArray();

    /// <inheritdoc/>
    public byte[] Continue(ReadOnlySpan<byte> payload)
    {
        if (_answered)
        {
            throw new CephProtocolException($"cephx: the {ticket.Service.ToWireName()} challenged a second time");
        }

        _answered = true;
        CephxAuthorizeChallenge challenge = CephxSeal.Unseal<CephxAuthorizeChallenge>(
            ticket.SessionKey, CephxKeyUsage.AuthorizeChallenge, payload, "the daemon's challenge");
        var answer = new CephxAuthorize(_nonce, HasChallenge: true, unchecked(challenge.Challenge + 1));
        return CephxAuthorizer.Make(globalId, ticket, answer).ToArray();
    }

    /// <inheritdoc/>
    public AuthOutcome Finish(ulong globalId, ConnectionMode mode, ReadOnlySpan<byte> payload)
    {
        var outer = new WireReader(payload, "CephXAuthorizeReply");
        CephxAuthorizeReply reply = CephxSeal.Unseal<CephxAuthorizeReply>(
            ticket.SessionKey, CephxKeyUsage.AuthorizeReply, outer.ReadBlob(), "the daemon's reply");
        if (!CephxChallenge.Matches(unchecked(_nonce + 1), reply.NoncePlusOne))
        {
            throw new CephAuthenticationException(
                Errno.AccessDenied, $"cephx: the {ticket.Service.ToWireName()} did not prove that it could open our ticket");
        }

        return new AuthOutcome(
            globalId, ticket.SessionKey.Secret, ConnectionSecret.Check(mode, reply.ConnectionSecret), PeerName: null, ReadOnlyMemory<byte>.Empty);
    }
}
