using System.Net;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;

namespace Kalmar.Wire.Tests.Frames;

public sealed class ControlFrameTests
{
    private static readonly EntityAddress Address = new(EntityAddressType.Msgr2, 7, new IPEndPoint(IPAddress.Parse("10.1.2.3"), 3300));
    private static readonly EntityAddressVector Addresses = new([Address, new(EntityAddressType.Any, 9, new IPEndPoint(IPAddress.IPv6Loopback, 0))]);

    [Fact]
    public void Every_payload_is_read_as_it_was_written_and_refused_when_cut()
    {
        Check(new HelloFrame(EntityType.Osd, Address));
        Check(new AuthRequestFrame(AuthMethod.Cephx, [ConnectionMode.Secure, ConnectionMode.Crc], new byte[] { 1, 2, 3 }));
        Check(new AuthBadMethodFrame(AuthMethod.Cephx, -13, [AuthMethod.None, AuthMethod.Cephx], [ConnectionMode.Crc]));
        Check(new AuthReplyMoreFrame(new byte[] { 4, 5 }));
        Check(new AuthRequestMoreFrame(new byte[] { 6 }));
        Check(new AuthDoneFrame(4711, ConnectionMode.Secure, new byte[] { 7, 8, 9 }));
        Check(new AuthSignatureFrame(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        Check(new ClientIdentFrame(Addresses, Address, -1, 2, 3, 4, 1, 0));
        Check(new ServerIdentFrame(Addresses, 12, 2, 3, 4, 1, 0));
        Check(new IdentMissingFeaturesFrame(1UL << 59));
        Check(new SessionReconnectFrame(Addresses, 1, 2, 3, 4, 5));
        Check(new SessionResetFrame(true));
        Check(new SessionRetryFrame(8));
        Check(new SessionRetryGlobalFrame(9));
        Check(new SessionReconnectOkFrame(10));
        Check(new WaitFrame());
        Check(new KeepaliveFrame(new Utime(1, 2)));
        Check(new KeepaliveAckFrame(new Utime(3, 4)));
        Check(new AckFrame(77));
        Check(new CompressionRequestFrame(true, [1, 2]));
        Check(new CompressionDoneFrame(false, 3));
    }

    [Fact]
    public void Read_of_another_kind_of_frame_is_refused() =>
        Assert.Throws<CephProtocolException>(() => Frame.Control(new WaitFrame()).Read<HelloFrame>());

    [Fact]
    public void Banner_of_something_else_is_refused()
    {
        CephProtocolException e = Assert.Throws<CephProtocolException>(() =>
        {
            var reader = new WireReader("ceph v027\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8, "banner");
            Banner.Read(ref reader);
        });
        Assert.Contains("messenger 2", e.Message, StringComparison.Ordinal);
    }

    private static void Check<T>(T payload)
        where T : IControlFrame<T>
    {
        var frame = Frame.Control(payload);
        Assert.Equal(T.Tag, frame.Tag);
        T read = frame.Read<T>();
        Assert.Equal(frame.Segment0.ToArray(), Frame.Control(read).Segment0.ToArray());
        for (int length = 0; length < frame.Segment0.Length; length++)
        {
            var cut = new Frame(frame.Tag, frame.Segment0[..length]);
            Assert.Throws<CephProtocolException>(() => cut.Read<T>());
        }
    }
}
