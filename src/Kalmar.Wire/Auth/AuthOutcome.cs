namespace Kalmar.Wire.Auth;

/// <summary>What both ends share after a finished authentication.</summary>
/// <param name="GlobalId">The global id that the client has from now on.</param>
/// <param name="SessionKey">The key of the AUTH_SIGNATURE frames; empty with method none, then signatures are 32 zero bytes.</param>
/// <param name="ConnectionSecret">64 bytes in secure mode, empty in crc mode.</param>
/// <param name="PeerName">Who the peer proved to be; null when this end is the client, or with method none.</param>
/// <param name="PeerCaps">Server side: the peer's caps for our service as the ticket has them (an encoded string), empty otherwise.</param>
public sealed record AuthOutcome(
    ulong GlobalId, ReadOnlyMemory<byte> SessionKey, ReadOnlyMemory<byte> ConnectionSecret, EntityName? PeerName, ReadOnlyMemory<byte> PeerCaps);
