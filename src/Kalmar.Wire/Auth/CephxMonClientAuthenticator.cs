namespace Kalmar.Wire.Auth;

/// <summary>
/// cephx as a client to a monitor. AUTH_REQUEST carries <c>u8 10, EntityName, u64 global id</c>; the monitor challenges; AUTH_REQUEST_MORE
/// answers and shows the AUTH ticket of the session before, if there is one, so that the global id can be kept; AUTH_DONE brings the AUTH
/// ticket, the connection secret and the tickets for the wanted services.
/// </summary>
public sealed class CephxMonClientAuthenticator : IClientAuthenticator
{
    private readonly EntityName _name;
    private readonly CephKey _key;
    private readonly EntityType _wanted;
    private readonly TimeProvider _timeProvider;
    private readonly ulong _globalId;
    private readonly CephxTicket? _oldTicket;
    private bool _answered;

    /// <summary>Prepares one attempt. The store is read now, and not changed: what the session brings is adopted by whoever wins with it.</summary>
    /// <param name="name">Who we are.</param>
    /// <param name="key">Our secret.</param>
    /// <param name="wanted">The services for which tickets are wanted.</param>
    /// <param name="store">The global id and the ticket of the session before.</param>
    /// <param name="timeProvider">Tells when tickets were obtained.</param>
    public CephxMonClientAuthenticator(EntityName name, CephKey key, EntityType wanted, CephxTicketStore store, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (key.IsEmpty)
        {
            throw new ArgumentException("cephx needs a key", nameof(key));
        }

        _name = name;
        _key = key;
        _wanted = wanted;
        _timeProvider = timeProvider;
        _oldTicket = store.Find(EntityType.Auth);
        _globalId = _oldTicket is null ? 0 : store.GlobalId;
    }

    /// <inheritdoc/>
    public AuthMethod Method => AuthMethod.Cephx;

    /// <summary>True when this attempt asks for the global id of the session before. Refused with EACCES, it is worth one more without.</summary>
    public bool IsReclaim => _globalId != 0;

    /// <summary>After <see cref="Finish"/>: the tickets of the session, for <see cref="CephxTicketStore.Adopt"/>.</summary>
    public IReadOnlyList<CephxTicket> Tickets { get; private set; } = [];

    /// <inheritdoc/>
    public byte[] Begin() => new MonAuthRequest(_name, _globalId).ToArray();

    /// <inheritdoc/>
    public byte[] Continue(ReadOnlySpan<byte> payload)
    {
        if (_answered)
        {
            throw new CephProtocolException("cephx: the monitor challenged a second time");
        }

        _answered = true;
        var reader = new WireReader(payload, "CephXServerChallenge");
        reader.ReadVersionOfLast("CephXServerChallenge");
        ulong server = reader.ReadU64();
        ulong client = CephxChallenge.Random();
        var writer = new WireWriter();
        writer.WriteU16((ushort)CephxOperation.GetAuthSessionKey);
        writer.Write(new CephxAuthenticate(
            client, CephxChallenge.Answer(_key, server, client), _oldTicket?.Blob ?? CephxTicketBlob.None, _wanted | EntityType.Auth));
        return writer.ToArray();
    }

    /// <inheritdoc/>
    public AuthOutcome Finish(ulong globalId, ConnectionMode mode, ReadOnlySpan<byte> payload)
    {
        if (!_answered)
        {
            throw new CephProtocolException("cephx: the monitor let us in without a challenge");
        }

        DateTimeOffset now = _timeProvider.GetUtcNow();
        var reader = new WireReader(payload, "cephx reply of the monitor");
        CephxReplyHeader.Read(ref reader, CephxOperation.GetAuthSessionKey, $"a session to {_name}");
        CephxTicket auth = ReadAuthTicket(ref reader, now);
        ReadOnlySpan<byte> sealedSecret = reader.ReadBlob();
        ReadOnlySpan<byte> extra = reader.ReadBlob();
        ReadOnlyMemory<byte> secret = ReadConnectionSecret(auth.SessionKey, sealedSecret);
        CephxTicket[] others = [];
        if (!extra.IsEmpty)
        {
            var tickets = new WireReader(extra, "service tickets");
            others = CephxTicketReply.Read(ref tickets, auth.SessionKey, null, now, "cephx: the service tickets are not sealed with the session key");
        }

        var outcome = new AuthOutcome(
            globalId, auth.SessionKey.Secret, ConnectionSecret.Check(mode, secret), PeerName: null, ReadOnlyMemory<byte>.Empty);
        Tickets = [auth, .. others];
        return outcome;
    }

    private CephxTicket ReadAuthTicket(ref WireReader reader, DateTimeOffset now)
    {
        CephxTicket[] tickets = CephxTicketReply.Read(
            ref reader,
            _key,
            _oldTicket?.SessionKey,
            now,
            $"the monitor's answer cannot be opened with the key of {_name}: is it this cluster's key? Compare with 'ceph auth get {_name}'");
        return tickets is [{ Service: EntityType.Auth } auth]
            ? auth
            : throw reader.Error("one ticket for the auth service expected");
    }

    private static ReadOnlyMemory<byte> ReadConnectionSecret(CephKey sessionKey, ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var outer = new WireReader(blob, "sealed connection secret");
        byte[] content = CephxSeal.Unseal(sessionKey, CephxKeyUsage.ConnectionSecret, outer.ReadBlob(), "the connection secret");
        var reader = new WireReader(content, "connection secret");
        return reader.ReadBlob().ToArray();
    }
}
