using System.Net;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Messenger;

/// <summary>How a server listens. Immutable.</summary>
public sealed record ListenerOptions
{
    /// <summary>What all its connections have in common. Servers send no keepalives of their own unless told so, and close idle connections.</summary>
    public MessengerOptions Messenger { get; init; } = new()
    {
        KeepaliveInterval = TimeSpan.Zero,
        IdleTimeout = TimeSpan.FromMinutes(15),
    };

    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>
    /// The addresses that the maps name, with nonce; null for the address that was bound, with <see cref="MessengerOptions.Nonce"/> (0 when
    /// there is none). Clients that look for another address are sent away.
    /// </summary>
    public EntityAddressVector? Addresses { get; init; }

    /// <summary>Our entity number: a monitor's rank, an OSD's id, a manager's global id.</summary>
    public long Number { get; init; }

    /// <summary>Authentication methods that are taken.</summary>
    public IReadOnlyList<AuthMethod> Methods { get; init; } = [AuthMethod.Cephx];

    /// <summary>Connections at the same time, unfinished handshakes included; more wait in the system's queue.</summary>
    public int MaxConnections { get; init; } = 4096;
}
