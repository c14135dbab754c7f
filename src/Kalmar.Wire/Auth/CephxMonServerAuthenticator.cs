namespace Kalmar.Wire.Auth;

/// <summary>
/// cephx as a monitor: challenges whoever comes, checks the answer with the entity's secret, and gives an AUTH ticket, a connection secret
/// and tickets for services. An unknown name is challenged like a known one and refused like a wrong key.
/// </summary>
public sealed class CephxMonServerAuthenticator : IServerAuthenticator
{
    private readonly CephxKeyServer _keys;
    private readonly ulong _challenge = CephxChallenge.Random();
    private MonAuthRequest? _request;
    private bool _done;

    internal CephxMonServerAuthenticator(CephxKeyServer keys) => _keys = keys;

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

        if (_request is null)
        {
            var reader = new WireReader(payload, "authentication request");
            _request = MonAuthRequest.Read(ref reader);
            var writer = new WireWriter();
            writer.WriteU8(1);
            writer.WriteU64(_challenge);
            return new ServerAuthStep(writer.ToArray(), Outcome: null);
        }

        _done = true;
        return Answer(_request, mode, payload);
    }

    private ServerAuthStep Answer(MonAuthRequest request, ConnectionMode mode, ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload, "CephXAuthenticate");
        ushort operation = reader.ReadU16();
        if (operation != (ushort)CephxOperation.GetAuthSessionKey)
        {
            throw reader.Error($"operation 0x{operation:x4}, 0x{(int)CephxOperation.GetAuthSessionKey:x4} expected");
        }

        CephxAuthenticate authenticate = CephxAuthenticate.Read(ref reader);
        EntityAuth entity = _keys.Find(request.Name) is { Key.IsEmpty: false } known
            && CephxChallenge.Matches(CephxChallenge.Answer(known.Key, _challenge, authenticate.ClientChallenge), authenticate.Answer)
            ? known
            : throw new CephAuthenticationException(Errno.AccessDenied, $"cephx: no such entity as {request.Name}, or its key is another");
        CephxServiceTicketInfo? old = OpenOldTicket(request, authenticate.OldTicket);
        ulong globalId = ReclaimOrAllocate(request, old);
        CephxTicket auth = _keys.Issue(request.Name, entity, globalId, EntityType.Auth);
        byte[] secret = ConnectionSecret.Make(mode);

        var writer = new WireWriter();
        CephxReplyHeader.Write(writer, CephxOperation.GetAuthSessionKey);
        CephxTicketReply.Write(writer, [auth], entity.Key, old?.SessionKey);
        int mark = writer.BeginNested();
        writer.WriteBlob(CephxSeal.Seal(auth.SessionKey, CephxKeyUsage.ConnectionSecret, w => w.WriteBlob(secret)));
        writer.EndNested(mark);
        mark = writer.BeginNested();
        CephxTicketReply.Write(writer, _keys.IssueAll(request.Name, entity, globalId, authenticate.Wanted), auth.SessionKey, null);
        writer.EndNested(mark);

        ReadOnlyMemory<byte> monCaps = entity.Caps.TryGetValue("mon", out string? caps) ? AuthCapsInfo.FromText(caps).Caps : default;
        return new ServerAuthStep(writer.ToArray(), new AuthOutcome(globalId, auth.SessionKey.Secret, secret, request.Name, monCaps));
    }

    /// <summary>The ticket of the client's session before, if it is his own and still valid.</summary>
    private CephxServiceTicketInfo? OpenOldTicket(MonAuthRequest request, CephxTicketBlob blob) =>
        !blob.Blob.IsEmpty && _keys.OpenAuthTicket(blob) is { } info
        && info.Ticket.Name == request.Name && info.Ticket.GlobalId == request.GlobalId
            ? info
            : null;

    private ulong ReclaimOrAllocate(MonAuthRequest request, CephxServiceTicketInfo? old)
    {
        if (request.GlobalId == 0)
        {
            return _keys.AllocateGlobalId();
        }

        return old is not null || _keys.Options.AllowInsecureReclaim
            ? request.GlobalId
            : throw new CephAuthenticationException(
                Errno.AccessDenied, $"cephx: {request.Name} asked for global id {request.GlobalId} without the ticket that it came with");
    }
}
