using System.Buffers;
using Kalmar.Wire.Frames;

namespace Kalmar.Wire.Tests.Frames;

public sealed class FrameCodecTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoder_with_what_the_encoder_wrote_gives_the_same_frames(bool secure)
    {
        List<Frame> frames = [.. FrameStreams.Shapes()];
        byte[] bytes = FrameStreams.Encode(Encoder(secure), frames);
        for (int seed = 0; seed < 5; seed++)
        {
            List<Frame> read = FrameStreams.Decode(Decoder(secure), bytes, seed);
            Assert.Equal(frames.Count, read.Count);
            for (int i = 0; i < frames.Count; i++)
            {
                FrameStreams.AssertEqual(frames[i], read[i]);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoder_with_every_truncation_waits_for_more(bool secure)
    {
        Frame[] frames = [new(FrameTag.Message, new byte[41], new byte[100], new byte[3], new byte[33])];
        byte[] bytes = FrameStreams.Encode(Encoder(secure), frames);
        for (int length = 0; length < bytes.Length; length++)
        {
            FrameDecoder decoder = Decoder(secure);
            var input = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.False(decoder.TryDecode(ref input, out _));
        }
    }

    [Fact]
    public void Secure_decoder_with_any_byte_altered_refuses()
    {
        Frame[] frames = [new(FrameTag.Message, new byte[41], new byte[100], new byte[3], new byte[33])];
        byte[] bytes = FrameStreams.Encode(Encoder(secure: true), frames);
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] altered = [.. bytes];
            altered[at] ^= 0x40;
            Assert.Throws<CephProtocolException>(() => FrameStreams.Decode(Decoder(secure: true), altered, at));
        }
    }

    [Fact]
    public void Secure_decoder_with_a_frame_that_came_before_refuses()
    {
        byte[] bytes = FrameStreams.Encode(Encoder(secure: true), [new Frame(FrameTag.Wait, default)]);
        Assert.Throws<CephProtocolException>(() => FrameStreams.Decode(Decoder(secure: true), (byte[])[.. bytes, .. bytes]));
    }

    [Fact]
    public void Secure_decoder_of_the_wrong_direction_refuses()
    {
        byte[] bytes = FrameStreams.Encode(Encoder(secure: true), [new Frame(FrameTag.Wait, default)]);
        var decoder = new SecureFrameDecoder(FrameLimits.Default, FrameStreams.Secret, sentByServer: false);
        Assert.Throws<CephProtocolException>(() => FrameStreams.Decode(decoder, bytes));
    }

    [Fact]
    public void Secure_decoder_with_a_short_secret_is_refused() =>
        Assert.Throws<CephProtocolException>(() => new SecureFrameDecoder(FrameLimits.Default, new byte[39], sentByServer: true));

    [Theory]
    [InlineData(1, 1001, 0, 0)]
    [InlineData(2, 41, 2001, 0)]
    [InlineData(4, 41, 1, 3001)]
    public void Decoder_with_lengths_above_the_limits_refuses_before_the_body_comes(int segments, int first, int front, int data)
    {
        FrameTag tag = segments == 1 ? FrameTag.Hello : FrameTag.Message;
        byte[] preamble = new byte[Preamble.Size];
        new Preamble(tag, segments, first, front, 0, data).Write(preamble);
        var decoder = new CrcFrameDecoder(new FrameLimits { MaxControl = 1000, MaxFront = 2000, MaxData = 3000 });
        CephProtocolException e = Assert.Throws<CephProtocolException>(() => FrameStreams.Decode(decoder, preamble));
        Assert.Contains("are allowed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decoder_with_a_message_during_the_handshake_refuses()
    {
        byte[] preamble = new byte[Preamble.Size];
        new Preamble(FrameTag.Message, 1, 41, 0, 0, 0).Write(preamble);
        Assert.Throws<CephProtocolException>(() => FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Handshake), preamble));
    }

    [Theory]
    [InlineData(0, 99)]
    [InlineData(1, 0)]
    [InlineData(1, 5)]
    [InlineData(26, 1)]
    public void Preamble_with_an_impossible_byte_is_refused(int at, byte value)
    {
        byte[] bytes = new byte[Preamble.Size];
        new Preamble(FrameTag.Hello, 1, 4, 0, 0, 0).Write(bytes);
        bytes[at] = value;
        BitConverter.TryWriteBytes(bytes.AsSpan(28), Crc32c.Update(0, bytes.AsSpan(0, 28)));
        Assert.Throws<CephProtocolException>(() => Preamble.Parse(bytes, FrameLimits.Default));
    }

    [Fact]
    public void Preamble_whose_last_segment_is_empty_is_refused()
    {
        byte[] bytes = new byte[Preamble.Size];
        new Preamble(FrameTag.Message, 3, 41, 4, 0, 0).Write(bytes);
        Assert.Throws<CephProtocolException>(() => Preamble.Parse(bytes, FrameLimits.Default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decoder_with_an_aborted_frame_passes_over_it(bool secure)
    {
        Frame aborted = new(FrameTag.Message, new byte[41], new byte[16]);
        Frame good = new(FrameTag.Message, new byte[41], new byte[5]);
        if (secure)
        {
            // The late status is sealed; an aborted frame is made by sealing it by hand.
            using var seal = GcmStream.Create(FrameStreams.Secret, sentByServer: true);
            byte[] first = new byte[32 + 48 + 16];
            Preamble.Of(aborted).Write(first);
            seal.Seal(first.AsSpan(0, 80), first.AsSpan(80));
            byte[] second = new byte[16 + 16 + 16];
            second[16] = 0x01;
            seal.Seal(second.AsSpan(0, 32), second.AsSpan(32));
            Assert.Empty(FrameStreams.Decode(Decoder(secure: true), (byte[])[.. first, .. second]));
            return;
        }

        byte[] bytes = FrameStreams.Encode(Encoder(secure: false), [aborted]);
        bytes[^13] = 0x01;
        List<Frame> read = FrameStreams.Decode(Decoder(secure: false), (byte[])[.. bytes, .. FrameStreams.Encode(Encoder(secure: false), [good])]);
        FrameStreams.AssertEqual(good, Assert.Single(read));
    }

    [Fact]
    public void Decoder_with_random_bytes_refuses_or_waits()
    {
        var random = new Random(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            bool secure = i % 2 == 0;
            try
            {
                Assert.Empty(FrameStreams.Decode(Decoder(secure), bytes, i));
            }
            catch (CephProtocolException)
            {
            }
        }
    }

    private static FrameEncoder Encoder(bool secure) =>
        secure ? new SecureFrameEncoder(FrameStreams.Secret, sentByServer: true) : new CrcFrameEncoder();

    private static FrameDecoder Decoder(bool secure) => secure
        ? new SecureFrameDecoder(FrameLimits.Default, FrameStreams.Secret, sentByServer: true)
        : new CrcFrameDecoder(FrameLimits.Default);
}
