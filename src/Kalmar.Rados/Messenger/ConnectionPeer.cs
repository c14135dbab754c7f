using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Messenger;

/// <summary>What a handshake told about the peer and the session.</summary>
/// <param name="Instance">Kind and number of the peer. Its kind is what it says; see <paramref name="Name"/> for what it proved.</param>
/// <param name="Name">Server side: who the peer proved to be; null with method none, and on the client's side.</param>
/// <param name="Caps">Server side: the peer's caps for our service, an encoded string.</param>
/// <param name="Addresses">The peer's own addresses.</param>
/// <param name="Remote">The address at the other end of the socket.</param>
/// <param name="Features">What the peer supports.</param>
/// <param name="GlobalId">The client's global id, whichever end that is.</param>
/// <param name="Mode">How frames are protected.</param>
/// <param name="OwnAddress">Our address as the peer has it.</param>
public sealed record ConnectionPeer(
    EntityInstance Instance,
    EntityName? Name,
    ReadOnlyMemory<byte> Caps,
    EntityAddressVector Addresses,
    EntityAddress Remote,
    ulong Features,
    ulong GlobalId,
    ConnectionMode Mode,
    EntityAddress OwnAddress)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name?.ToString() ?? Instance.ToString()} at {Remote}";
}
