namespace Kalmar.Wire.Auth;

/// <summary>
/// A client where nobody proves anything. To a monitor: u8 10, EntityName, u64 global id; to another daemon: u8 1, EntityName, u64 global id.
/// </summary>
public sealed class NoneClientAuthenticator : IClientAuthenticator
{
    private readonly EntityName _name;
    private readonly ulong _globalId;
    private readonly bool _toMonitor;

    /// <summary>Prepares one attempt.</summary>
    /// <param name="name">Who we say we are.</param>
    /// <param name="globalId">Our global id; 0 to be given one by a monitor.</param>
    /// <param name="service">The kind of daemon that is called.</param>
    public NoneClientAuthenticator(EntityName name, ulong globalId, EntityType service)
    {
        _name = name;
        _globalId = globalId;
        _toMonitor = service == EntityType.Mon;
    }

    /// <inheritdoc/>
    public AuthMethod Method => AuthMethod.None;

    /// <inheritdoc/>
    public byte[] Begin()
    {
        if (_toMonitor)
        {
            return new MonAuthRequest(_name, _globalId).ToArray();
        }

        var writer = new WireWriter();
        writer.WriteU8(CephxAuthorizer.Mode);
        writer.Write(_name);
        writer.WriteU64(_globalId);
        return writer.ToArray();
    }

    /// <inheritdoc/>
    public byte[] Continue(ReadOnlySpan<byte> payload) =>
        throw new CephProtocolException("authentication method none: the peer asked for more, but there is nothing more to say");

    /// <inheritdoc/>
    public AuthOutcome Finish(ulong globalId, ConnectionMode mode, ReadOnlySpan<byte> payload) => mode == ConnectionMode.Crc
        ? new AuthOutcome(globalId, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty, PeerName: null, ReadOnlyMemory<byte>.Empty)
        : throw new CephAuthenticationException(
            Errno.NotSupported, "secure mode needs cephx: with authentication method none there is no key to encrypt with");
}
