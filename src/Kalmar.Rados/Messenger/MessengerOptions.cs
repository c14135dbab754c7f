using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;

namespace Kalmar.Rados.Messenger;

/// <summary>What all connections of one end have in common. Immutable.</summary>
public sealed record MessengerOptions
{
    /// <summary>The kind of entity that we are.</summary>
    public EntityType EntityType { get; init; } = EntityType.Client;

    /// <summary>
    /// The nonce of our address; null gives each connection its own. Peers close an older connection when a second one comes from the same
    /// address and nonce, so only who has at most one connection to each peer may set it.
    /// </summary>
    public uint? Nonce { get; init; }

    /// <summary>Connection modes, the best liked first. A server picks the first of the client's that it has in its own list.</summary>
    public IReadOnlyList<ConnectionMode> Modes { get; init; } = [ConnectionMode.Crc, ConnectionMode.Secure];

    /// <summary>How large frames may be.</summary>
    public FrameLimits Limits { get; init; } = FrameLimits.Default;

    /// <summary>How long a connection may take until messages can flow.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often to ask the peer whether it is there; zero never asks.</summary>
    public TimeSpan KeepaliveInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer to that may be missing before the connection counts as dead.</summary>
    public TimeSpan KeepaliveTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nothing at all may arrive before the connection is closed; zero for ever. Meant for servers.</summary>
    public TimeSpan IdleTimeout { get; init; }

    /// <summary>How many messages may wait to be sent on one connection. A sender waits, or is told no, when it is full.</summary>
    public int OutgoingQueueLength { get; init; } = 256;

    /// <summary>The features that we announce.</summary>
    public ulong Features { get; init; } = MessengerFeatures.Supported;

    /// <summary>The clock of timeouts and keepalives.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
