namespace Kalmar.Wire.Auth;

/// <summary>The sealed part of an authorizer, Ceph's CephXAuthorize: u8 2, u64 nonce, u8 have challenge, u64 challenge + 1.</summary>
internal sealed record CephxAuthorize(ulong Nonce, bool HasChallenge, ulong ChallengePlusOne) : IWireEncodable<CephxAuthorize>
{
    public static CephxAuthorize Read(ref WireReader reader)
    {
        byte version = reader.ReadVersionOfLast("CephXAuthorize");
        ulong nonce = reader.ReadU64();
        return version >= 2 ? new CephxAuthorize(nonce, reader.ReadBool(), reader.ReadU64()) : new CephxAuthorize(nonce, false, 0);
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(2);
        writer.WriteU64(Nonce);
        writer.WriteBool(HasChallenge);
        writer.WriteU64(ChallengePlusOne);
    }
}
