using System.Buffers;
using Kalmar.Testing;
using Kalmar.Wire.Frames;

namespace Kalmar.Wire.Tests.Frames;

/// <summary>Frames to test with, and the ways to feed them.</summary>
internal static class FrameStreams
{
    /// <summary>
    /// All that a real monitor (16.2.15) sent to a client in crc mode: banner, handshake, four maps, three command answers. Recorded from a
    /// throw-away cluster.
    /// </summary>
    public static byte[] Golden { get; } =
        File.ReadAllBytes(Path.Combine(RepositoryPaths.Corpus, "16.2.15", "MessengerStream", "monitor-to-client"));

    public static byte[] Secret { get; } = [.. Enumerable.Range(1, 64).Select(i => (byte)i)];

    /// <summary>Frames of every shape that matters: segments of sizes around the block sizes, holes in the middle.</summary>
    public static IEnumerable<Frame> Shapes()
    {
        var random = new Random(7);
        int[] sizes = [0, 1, 15, 16, 17, 47, 48, 49, 63, 64, 65, 4096, 70_000];
        foreach (int size in sizes.Where(s => s <= 4096))
        {
            yield return new Frame(FrameTag.AuthDone, Bytes(random, size));
        }

        foreach (int front in sizes)
        {
            foreach (int data in new[] { 0, 1, 16, 5000 })
            {
                int middle = random.Next(3) == 0 ? random.Next(40) : 0;
                yield return new Frame(FrameTag.Message, Bytes(random, 41), Bytes(random, front), Bytes(random, middle), Bytes(random, data));
            }
        }
    }

    public static byte[] Encode(FrameEncoder encoder, IEnumerable<Frame> frames)
    {
        var writer = new WireWriter();
        foreach (Frame frame in frames)
        {
            encoder.Encode(frame, writer);
        }

        return writer.ToArray();
    }

    /// <summary>Decodes everything, feeding the decoder pieces of random sizes as a socket would.</summary>
    public static List<Frame> Decode(FrameDecoder decoder, ReadOnlyMemory<byte> bytes, int seed = 0)
    {
        var frames = new List<Frame>();
        var random = new Random(seed);
        int consumed = 0;
        int available = 0;
        while (true)
        {
            ReadOnlySequence<byte> input = Split(bytes[consumed..available], random);
            long before = input.Length;
            if (decoder.TryDecode(ref input, out Frame? frame))
            {
                frames.Add(frame);
            }

            consumed += (int)(before - input.Length);
            if (frame is not null)
            {
                continue;
            }

            if (available == bytes.Length)
            {
                return frames;
            }

            available = Math.Min(bytes.Length, available + 1 + random.Next(5000));
        }
    }

    public static void AssertEqual(Frame expected, Frame actual)
    {
        Assert.Equal(expected.Tag, actual.Tag);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(expected.Segment(i).Span.SequenceEqual(actual.Segment(i).Span), $"segment {i} of {expected.Tag} differs");
        }
    }

    private static byte[] Bytes(Random random, int size)
    {
        byte[] bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static ReadOnlySequence<byte> Split(ReadOnlyMemory<byte> bytes, Random random)
    {
        if (bytes.Length < 2)
        {
            return new ReadOnlySequence<byte>(bytes);
        }

        int cut = random.Next(1, bytes.Length);
        var first = new Segment(bytes[..cut]);
        Segment last = first.Append(bytes[cut..]);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
