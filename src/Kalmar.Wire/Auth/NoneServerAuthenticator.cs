namespace Kalmar.Wire.Auth;

/// <summary>A server where nobody proves anything: whoever comes is let in, with everything allowed.</summary>
/// <param name="allocateGlobalId">Gives a global id to clients that have none; called only by a monitor's side.</param>
public sealed class NoneServerAuthenticator(Func<ulong> allocateGlobalId) : IServerAuthenticator
{
    /// <summary>Who the client says it is; unproven.</summary>
    public EntityName? ClaimedName { get; private set; }

    /// <inheritdoc/>
    public ServerAuthStep Handle(AuthMethod method, ConnectionMode mode, ReadOnlySpan<byte> payload)
    {
        if (method != AuthMethod.None)
        {
            throw new CephAuthenticationException(Errno.NotSupported, $"authentication method {(int)method} asked for, none is spoken here");
        }

        if (mode != ConnectionMode.Crc)
        {
            throw new CephAuthenticationException(Errno.NotSupported, "secure mode needs cephx");
        }

        var reader = new WireReader(payload, "authentication request");
        byte kind = reader.ReadU8();
        if (kind is not (CephxAuthorizer.Mode or MonAuthRequest.Mode))
        {
            throw reader.Error($"authentication mode {kind}, {CephxAuthorizer.Mode} or {MonAuthRequest.Mode} expected");
        }

        ClaimedName = EntityName.Read(ref reader);
        ulong globalId = reader.ReadU64();
        if (globalId == 0 && kind == MonAuthRequest.Mode)
        {
            globalId = allocateGlobalId();
        }

        return new ServerAuthStep(
            [], new AuthOutcome(globalId, ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty, PeerName: null, ReadOnlyMemory<byte>.Empty));
    }
}
