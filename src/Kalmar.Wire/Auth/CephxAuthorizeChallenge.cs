namespace Kalmar.Wire.Auth;

/// <summary>A service's challenge to an authorizer, Ceph's CephXAuthorizeChallenge: u8 1, u64 challenge.</summary>
internal sealed record CephxAuthorizeChallenge(ulong Challenge) : IWireEncodable<CephxAuthorizeChallenge>
{
    public static CephxAuthorizeChallenge Read(ref WireReader reader)
    {
        reader.ReadVersionOfLast("CephXAuthorizeChallenge");
        return new CephxAuthorizeChallenge(reader.ReadU64());
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(1);
        writer.WriteU64(Challenge);
    }
}
