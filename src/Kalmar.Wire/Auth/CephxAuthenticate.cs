namespace Kalmar.Wire.Auth;

/// <summary>
/// A client's answer to a monitor's challenge, Ceph's CephXAuthenticate: u8 3, u64 client challenge, u64 answer, ticket blob of an older
/// session (or none), u32 mask of the services for which tickets are wanted.
/// </summary>
internal sealed record CephxAuthenticate(ulong ClientChallenge, ulong Answer, CephxTicketBlob OldTicket, EntityType Wanted)
    : IWireEncodable<CephxAuthenticate>
{
    public static CephxAuthenticate Read(ref WireReader reader)
    {
        byte version = reader.ReadVersionOfLast("CephXAuthenticate");
        return new CephxAuthenticate(
            reader.ReadU64(), reader.ReadU64(), CephxTicketBlob.Read(ref reader), version >= 2 ? (EntityType)reader.ReadU32() : EntityType.None);
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(3);
        writer.WriteU64(ClientChallenge);
        writer.WriteU64(Answer);
        writer.Write(OldTicket);
        writer.WriteU32((uint)Wanted);
    }
}
