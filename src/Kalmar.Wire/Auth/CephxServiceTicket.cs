namespace Kalmar.Wire.Auth;

/// <summary>What the owner of a ticket learns, Ceph's CephXServiceTicket: u8 1, CryptoKey session key, utime validity (a duration).</summary>
internal sealed record CephxServiceTicket(CephKey SessionKey, Utime Validity) : IWireEncodable<CephxServiceTicket>
{
    public static CephxServiceTicket Read(ref WireReader reader)
    {
        reader.ReadVersionOfLast("CephXServiceTicket");
        return new CephxServiceTicket(reader.ReadPresentKey("CephXServiceTicket"), Utime.Read(ref reader));
    }

    public void Write(WireWriter writer)
    {
        writer.WriteU8(1);
        writer.Write(SessionKey);
        writer.Write(Validity);
    }
}
