using System.Buffers;
using Kalmar.Wire.Frames;
using Kalmar.Wire.Messages;

namespace Kalmar.Wire.Tests.Frames;

public sealed class GoldenStreamTests
{
    private static ReadOnlyMemory<byte> Frames => FrameStreams.Golden.AsMemory(Banner.Size);

    [Fact]
    public void Banner_of_a_real_monitor_is_read()
    {
        var reader = new WireReader(FrameStreams.Golden, "banner");
        var banner = Banner.Read(ref reader);
        Assert.Equal(Banner.Ours, banner);
        Assert.Equal(Banner.Size, reader.Position);
    }

    [Fact]
    public void Decoder_with_a_real_monitors_stream_gives_handshake_then_messages()
    {
        List<Frame> frames = FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Default), Frames);
        FrameTag[] handshake =
            [FrameTag.Hello, FrameTag.AuthReplyMore, FrameTag.AuthDone, FrameTag.AuthSignature, FrameTag.ServerIdent];
        Assert.Equal(handshake, frames.Take(5).Select(f => f.Tag));
        Assert.Equal(EntityType.Mon, frames[0].Read<HelloFrame>().EntityType);
        Assert.Equal("[v2:127.0.0.1:41301/0,v1:127.0.0.1:41300/0]", frames[4].Read<ServerIdentFrame>().Addresses.ToString());
        RawMessage[] messages = [.. frames.Skip(5).Select(RawMessage.From)];
        MessageType[] types =
        [
            MessageType.MonMap, MessageType.OsdMap, MessageType.FsMap, MessageType.ServiceMap, MessageType.MonCommandAck,
        ];
        Assert.Superset(types.ToHashSet(), messages.Select(m => m.Type).ToHashSet());
        Assert.Equal(Enumerable.Range(1, messages.Length).Select(i => (ulong)i), messages.Select(m => m.Header.Sequence));
    }

    [Fact]
    public void Encoder_with_the_decoded_frames_gives_the_real_monitors_bytes()
    {
        List<Frame> frames = FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Default), Frames, seed: 3);
        Assert.Equal(Frames.ToArray(), FrameStreams.Encode(new CrcFrameEncoder(), frames));
    }

    [Fact]
    public void Decoder_with_every_truncation_of_the_stream_waits_for_more()
    {
        int whole = FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Default), Frames).Count;
        for (int length = 0; length < Frames.Length; length++)
        {
            var decoder = new CrcFrameDecoder(FrameLimits.Default);
            var input = new ReadOnlySequence<byte>(Frames[..length]);
            int count = 0;
            while (decoder.TryDecode(ref input, out _))
            {
                count++;
            }

            Assert.True(count < whole);
        }
    }

    [Fact]
    public void Decoder_with_any_bit_altered_refuses_it_or_gives_the_same_frames()
    {
        var random = new Random(11);
        List<Frame> original = FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Default), Frames);
        for (int at = 0; at < Frames.Length; at += 3)
        {
            byte[] altered = Frames.ToArray();
            altered[at] ^= (byte)(1 << random.Next(8));
            try
            {
                // A few bits say nothing: half of a late status, the checksums of segments that are not there. Nothing else may slip through.
                List<Frame> frames = FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Default), altered, at);
                Assert.Equal(original.Count, frames.Count);
                for (int i = 0; i < frames.Count; i++)
                {
                    FrameStreams.AssertEqual(original[i], frames[i]);
                }
            }
            catch (CephProtocolException)
            {
            }
        }
    }
}
