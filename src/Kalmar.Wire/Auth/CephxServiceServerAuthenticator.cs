namespace Kalmar.Wire.Auth;

/// <summary>
/// cephx as a daemon that is called (a mgr, for example): opens the caller's ticket with the service's rotating secrets, challenges, and
/// answers with the connection secret. The caller's name and caps are those that the monitors wrote into the ticket.
/// </summary>
/// <param name="service">Our own kind of service.</param>
/// <param name="secrets">Our rotating secrets, as fetched last.</param>
/// <param name="timeProvider">Tells which tickets have expired.</param>
public sealed class CephxServiceServerAuthenticator(EntityType service, RotatingSecrets secrets, TimeProvider timeProvider) : IServerAuthenticator
{
    /// <summary>How far the clocks of the monitors and ours may lie apart before a ticket is taken for expired.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private ulong? _challenge;
    private bool _done;

    /// <summary>Once done: what the caller may do here.</summary>
    public AuthCapsInfo? PeerCaps { get; private set; }

    /// <inheritdoc/>
    public ServerAuthStep Handle(AuthMethod method, ConnectionMode mode, ReadOnlySpan<byte> payload)
    {
        if (method != AuthMethod.Cephx)
        {
            throw new CephAuthenticationException(Errno.NotSupported, $"authentication method {(int)method} asked for, only cephx is spoken here");
        }

        if (_done)
        {
            throw new CephProtocolException("cephx: a request after the authentication was done");
        }

        var reader = new WireReader(payload, "authorizer");
        CephxAuthorizer authorizer = CephxAuthorizer.Read(ref reader);
        CephxServiceTicketInfo info = OpenTicket(authorizer);
        CephxAuthorize content = CephxSeal.Unseal<CephxAuthorize>(
            info.SessionKey, CephxKeyUsage.Authorize, authorizer.Sealed.Span, $"the authorizer of {info.Ticket.Name}");
        if (_challenge is not { } challenge)
        {
            challenge = CephxChallenge.Random();
            _challenge = challenge;
            return new ServerAuthStep(
                CephxSeal.Seal(info.SessionKey, CephxKeyUsage.AuthorizeChallenge, new CephxAuthorizeChallenge(challenge)), Outcome: null);
        }

        _done = true;
        if (!content.HasChallenge || !CephxChallenge.Matches(unchecked(challenge + 1), content.ChallengePlusOne))
        {
            throw new CephAuthenticationException(Errno.AccessDenied, $"cephx: {info.Ticket.Name} did not answer the challenge");
        }

        byte[] secret = ConnectionSecret.Make(mode);
        var reply = new WireWriter();
        reply.WriteBlob(CephxSeal.Seal(
            info.SessionKey, CephxKeyUsage.AuthorizeReply, new CephxAuthorizeReply(unchecked(content.Nonce + 1), secret)));
        PeerCaps = info.Ticket.Caps;
        return new ServerAuthStep(
            reply.ToArray(),
            new AuthOutcome(authorizer.GlobalId, info.SessionKey.Secret, secret, info.Ticket.Name, info.Ticket.Caps.Caps));
    }

    private CephxServiceTicketInfo OpenTicket(CephxAuthorizer authorizer)
    {
        if (authorizer.Service != service)
        {
            throw Refused($"a ticket for service {(int)authorizer.Service} was shown to a {service.ToWireName()}");
        }

        RotatingSecret secret = secrets.Find(authorizer.Ticket.SecretId) ?? throw Refused(
            $"a ticket under secret {authorizer.Ticket.SecretId} was shown, known are {secrets}");
        CephxServiceTicketInfo info = CephxServiceTicketInfo.TryOpen(secret.Key, authorizer.Ticket) ?? throw Refused(
            "a ticket was shown that the monitors did not make for us");
        if (info.Ticket.GlobalId != authorizer.GlobalId)
        {
            throw Refused($"{info.Ticket.Name} showed a ticket of another global id");
        }

        return info.Ticket.Expires.ToDateTimeOffset() + ClockTolerance > timeProvider.GetUtcNow()
            ? info
            : throw Refused($"the ticket of {info.Ticket.Name} expired at {info.Ticket.Expires.ToDateTimeOffset():u} by the monitors' clock, ours says {timeProvider.GetUtcNow():u}; when that is not so, set the clocks");
    }

    private static CephAuthenticationException Refused(string why) => new(Errno.AccessDenied, $"cephx: {why}");
}
