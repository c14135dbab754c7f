namespace Kalmar.Wire.Auth;

/// <summary>A service's answer to an authorizer, Ceph's CephXAuthorizeReply: u8 2, u64 nonce + 1, blob connection secret (from 2 on).</summary>
internal sealed record CephxAuthorizeReply(ulong NoncePlusOne, ReadOnlyMemory<byte> ConnectionSecret) : IWireEncodable<CephxAuthorizeReply>
{
    public static CephxAuthorizeReply Read(ref WireReader reader)
    {
        byte version = reader.ReadVersionOfLast("CephXAuthorizeReply");
        ulong noncePlusOne = reader.ReadU64();
        return new CephxAuthorizeReply(noncePlusOne, version >= 2 ? reader.ReadBlob().ToArray() : ReadOnlyMemory<byte>.Empty);
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(2);
        writer.WriteU64(NoncePlusOne);
        writer.WriteBlob(ConnectionSecret.Span);
    }
}
