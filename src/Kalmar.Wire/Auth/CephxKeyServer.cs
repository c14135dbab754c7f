namespace Kalmar.Wire.Auth;

/// <summary>
/// The monitors' side of cephx: entities with their keys and caps, the services' rotating secrets, tickets. For monitors inside a process:
/// tests, and simulated clusters. Thread-safe. Everything is in memory.
/// </summary>
public sealed class CephxKeyServer
{
    private static readonly EntityType[] Services = [EntityType.Mon, EntityType.Mds, EntityType.Osd, EntityType.Mgr];
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityName, EntityAuth> _entities = [];
    private readonly Dictionary<EntityType, RotatingSecrets> _secrets = [];
    private readonly TimeProvider _timeProvider;
    private ulong _nextGlobalId;

    /// <summary>Starts without entities.</summary>
    /// <param name="timeProvider">Tells when tickets and secrets expire.</param>
    /// <param name="options">Lifetimes and rules.</param>
    public CephxKeyServer(TimeProvider timeProvider, CephxKeyServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        Options = options ?? new CephxKeyServerOptions();
        _nextGlobalId = Options.FirstGlobalId;
    }

    /// <summary>Lifetimes and rules.</summary>
    public CephxKeyServerOptions Options { get; }

    /// <summary>Adds or replaces an entity.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="entity">Its key and caps.</param>
    public void Set(EntityName name, EntityAuth entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        lock (_lock)
        {
            _entities[name] = entity;
        }
    }

    /// <summary>Removes an entity; its sessions live on until their tickets expire.</summary>
    /// <param name="name">Its name.</param>
    public bool Remove(EntityName name)
    {
        lock (_lock)
        {
            return _entities.Remove(name);
        }
    }

    /// <summary>The entity, or null.</summary>
    /// <param name="name">Its name.</param>
    public EntityAuth? Find(EntityName name)
    {
        lock (_lock)
        {
            return _entities.GetValueOrDefault(name);
        }
    }

    /// <summary>The secrets of a kind of service, rotated when their time has come.</summary>
    /// <param name="service">One kind.</param>
    public RotatingSecrets SecretsOf(EntityType service)
    {
        lock (_lock)
        {
            RotatingSecrets secrets = _secrets.GetValueOrDefault(service, RotatingSecrets.Empty);
            while (secrets.NeedsRenewal(_timeProvider.GetUtcNow()))
            {
                secrets = Rotate(secrets, LifetimeOf(service));
            }

            return _secrets[service] = secrets;
        }
    }

    /// <summary>Makes an authenticator for one connection to the monitor.</summary>
    public CephxMonServerAuthenticator CreateAuthenticator() => new(this);

    /// <summary>Gives a global id that was never given before.</summary>
    public ulong AllocateGlobalId()
    {
        lock (_lock)
        {
            return _nextGlobalId++;
        }
    }

    /// <summary>Answers the payload of an MAuth message on an open session: renewal of tickets, or rotating secrets.</summary>
    /// <param name="name">Who the session's client proved to be.</param>
    /// <param name="payload">What the client sent.</param>
    /// <returns>The payload of MAuthReply.</returns>
    /// <exception cref="CephAuthenticationException">Refused.</exception>
    /// <exception cref="CephProtocolException">The payload makes no sense.</exception>
    public byte[] HandleRequest(EntityName name, ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload, "cephx request");
        ushort operation = reader.ReadU16();
        return (CephxOperation)operation switch
        {
            CephxOperation.GetServiceTickets => RenewTickets(ref reader),
            CephxOperation.GetRotatingSecrets => GiveRotatingSecrets(name),
            _ => throw reader.Error($"unknown operation 0x{operation:x4}"),
        };
    }

    /// <summary>Makes a ticket. Who has no caps for a service gets one too, that allows nothing: Ceph's clients want all they asked for.</summary>
    internal CephxTicket Issue(EntityName name, EntityAuth entity, ulong globalId, EntityType service)
    {
        AuthCapsInfo caps = entity.Caps.TryGetValue(service.ToWireName(), out string? text) ? AuthCapsInfo.FromText(text) : AuthCapsInfo.Nothing;
        DateTimeOffset now = _timeProvider.GetUtcNow();
        TimeSpan lifetime = LifetimeOf(service);
        (ulong secretId, RotatingSecret secret) = SecretsOf(service).Current!.Value;
        var sessionKey = CephKey.Generate(Options.ServiceKeyType, _timeProvider);
        var info = new CephxServiceTicketInfo(new AuthTicket(name, globalId, Utime.From(now), Utime.From(now + lifetime), caps, 0), sessionKey);
        return new CephxTicket(service, sessionKey, info.Seal(secretId, secret.Key), now, lifetime);
    }

    /// <summary>Makes tickets for all services of a mask.</summary>
    internal IReadOnlyList<CephxTicket> IssueAll(EntityName name, EntityAuth entity, ulong globalId, EntityType wanted) =>
        [.. Services.Where(s => wanted.HasFlag(s)).Select(s => Issue(name, entity, globalId, s))];

    /// <summary>Opens an AUTH ticket that a client shows; null when it is none of ours or has expired.</summary>
    internal CephxServiceTicketInfo? OpenAuthTicket(CephxTicketBlob blob)
    {
        CephxServiceTicketInfo? info = SecretsOf(EntityType.Auth).Find(blob.SecretId) is { } secret
            ? CephxServiceTicketInfo.TryOpen(secret.Key, blob)
            : null;
        return info is not null && info.Ticket.Expires > Utime.From(_timeProvider.GetUtcNow()) ? info : null;
    }

    private byte[] RenewTickets(ref WireReader reader)
    {
        CephxAuthorizer authorizer = CephxAuthorizer.Read(ref reader);
        reader.ReadVersion("CephXServiceTicketRequest", 1);
        var wanted = (EntityType)reader.ReadU32();
        CephxServiceTicketInfo info = authorizer.Service == EntityType.Auth && OpenAuthTicket(authorizer.Ticket) is { } opened
            && opened.Ticket.GlobalId == authorizer.GlobalId
            ? opened
            : throw new CephAuthenticationException(Errno.AccessDenied, "cephx: tickets were asked for without a valid AUTH ticket");
        CephxSeal.Unseal<CephxAuthorize>(
            info.SessionKey, CephxKeyUsage.Authorize, authorizer.Sealed.Span, $"the authorizer of {info.Ticket.Name}");
        EntityAuth entity = Find(info.Ticket.Name) ?? throw new CephAuthenticationException(
            Errno.AccessDenied, $"cephx: {info.Ticket.Name} does not exist any more");
        var writer = new WireWriter();
        CephxReplyHeader.Write(writer, CephxOperation.GetServiceTickets);
        CephxTicketReply.Write(writer, IssueAll(info.Ticket.Name, entity, info.Ticket.GlobalId, wanted), info.SessionKey, null);
        return writer.ToArray();
    }

    private byte[] GiveRotatingSecrets(EntityName name)
    {
        if (name.Type is not (EntityType.Mon or EntityType.Mds or EntityType.Osd or EntityType.Mgr) || Find(name) is not { } entity)
        {
            throw new CephAuthenticationException(Errno.NotPermitted, $"cephx: {name} is not given rotating secrets");
        }

        var writer = new WireWriter();
        CephxReplyHeader.Write(writer, CephxOperation.GetRotatingSecrets);
        writer.WriteBlob(CephxSeal.Seal(entity.Key, CephxKeyUsage.RotatingSecrets, SecretsOf(name.Type)));
        return writer.ToArray();
    }

    /// <summary>Adds the next secret, which expires one lifetime after the newest one, and drops the oldest of more than three.</summary>
    private RotatingSecrets Rotate(RotatingSecrets secrets, TimeSpan lifetime)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        DateTimeOffset after = secrets.Secrets.Count == 0 ? now : secrets.Secrets[^1].Value.Expires.ToDateTimeOffset();
        var expires = Utime.From((after > now ? after : now) + lifetime);
        ulong id = secrets.NewestId + 1;
        var next = new RotatingSecret(CephKey.Generate(Options.ServiceKeyType, _timeProvider), expires);
        return new RotatingSecrets([.. secrets.Secrets.TakeLast(RotatingSecrets.UsualCount - 1), new(id, next)], id);
    }

    private TimeSpan LifetimeOf(EntityType service) =>
        service == EntityType.Auth ? Options.AuthTicketLifetime : Options.ServiceTicketLifetime;
}
