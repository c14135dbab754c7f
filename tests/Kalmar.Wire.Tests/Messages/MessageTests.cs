using Kalmar.Testing;
using Kalmar.Wire.Frames;
using Kalmar.Wire.Messages;
using Kalmar.Wire.Tests.Frames;

namespace Kalmar.Wire.Tests.Messages;

public sealed class MessageTests
{
    [Fact]
    public void Every_known_type_has_a_sample()
    {
        IEnumerable<MessageType> known = Enum.GetValues<MessageType>()
            .Except([MessageType.None, MessageType.OsdOp, MessageType.OsdOpReply, MessageType.OsdBackoff]);
        Assert.Equal(known.Order(), MessageSamples.All.Select(m => m.Type).Distinct().Order());
    }

    [Fact]
    public void Read_of_what_was_written_gives_the_same_message()
    {
        foreach (IMessage message in MessageSamples.All)
        {
            var raw = RawMessage.Of(message, 5);
            IMessage read = MessageReader.Read(raw);
            Assert.Equal(message.GetType(), read.GetType());
            Assert.Equal(raw.Front.ToArray(), RawMessage.Of(read).Front.ToArray());
            Assert.Equal(message.Data.ToArray(), read.Data.ToArray());
            Assert.Equal((message.Type, message.Version, message.CompatVersion, 5UL), (raw.Type, raw.Version, raw.CompatVersion, raw.Header.Transaction));
        }
    }

    [Fact]
    public void Read_of_every_truncation_is_refused()
    {
        foreach (IMessage message in MessageSamples.All)
        {
            var raw = RawMessage.Of(message);

            // These end with a map that is kept raw, or with a part that is not kept: they may be cut there.
            bool openEnd = message is MMgrMap or MServiceMap or MFsMap or MPgStats or MMgrReport or MMgrConfigure or MOsdMap;
            for (int length = 0; length < raw.Front.Length; length++)
            {
                Exception? e = Record.Exception(() => MessageReader.Read(raw with { Front = raw.Front[..length] }));
                Assert.True(e is CephProtocolException || (openEnd && e is null), $"{message.Type} cut to {length}: {e}");
            }
        }
    }

    [Fact]
    public void Read_of_altered_fronts_throws_nothing_but_protocol_errors()
    {
        var random = new Random(3);
        foreach (IMessage message in MessageSamples.All)
        {
            var raw = RawMessage.Of(message);
            for (int i = 0; i < 400 && raw.Front.Length > 0; i++)
            {
                byte[] altered = raw.Front.ToArray();
                for (int n = random.Next(1, 4); n > 0; n--)
                {
                    altered[random.Next(altered.Length)] = (byte)random.Next(256);
                }

                Exception? e = Record.Exception(() => MessageReader.Read(raw with { Front = altered }));
                Assert.True(e is null or CephProtocolException, $"{message.Type}: {e}");
            }
        }
    }

    [Fact]
    public void Read_of_a_type_that_is_not_known_keeps_it_raw()
    {
        var raw = new RawMessage(new MessageHeader(1, 2, (MessageType)9999, 127, 1, 1, 0), new byte[] { 1, 2, 3 });
        Assert.Same(raw, MessageReader.Read(raw));
    }

    [Fact]
    public void As_another_type_is_refused() => Assert.Throws<CephProtocolException>(() => RawMessage.Of(new MMonGetMap()).As<MMonMap>());

    [Fact]
    public void As_a_version_that_needs_a_newer_reader_is_refused()
    {
        var raw = RawMessage.Of(new MMonMap(new byte[4]));
        CephProtocolException e = Assert.Throws<CephProtocolException>(
            () => (raw with { Header = raw.Header with { Version = 9, CompatVersion = 8 } }).As<MMonMap>());
        Assert.Contains("needs a reader of version 8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_is_read_as_it_was_written_and_refused_when_cut()
    {
        var header = new MessageHeader(11, 12, MessageType.MgrReport, 196, 9, 1, 13);
        var writer = new WireWriter();
        header.Write(writer);
        byte[] bytes = writer.ToArray();
        Assert.Equal(MessageHeader.Size, bytes.Length);
        var reader = new WireReader(bytes, "header");
        Assert.Equal(header, MessageHeader.Read(ref reader));
        for (int length = 0; length < bytes.Length; length++)
        {
            var frame = new Frame(FrameTag.Message, bytes.AsMemory(0, length));
            Assert.Throws<CephProtocolException>(() => RawMessage.From(frame));
        }
    }

    [Fact]
    public void Messages_of_a_real_monitor_are_written_back_to_its_bytes()
    {
        List<Frame> frames = FrameStreams.Decode(new CrcFrameDecoder(FrameLimits.Default), FrameStreams.Golden.AsMemory(Banner.Size));
        RawMessage[] messages = [.. frames.Where(f => f.Tag == FrameTag.Message).Select(RawMessage.From)];
        Assert.True(messages.Length >= 7);
        foreach (RawMessage raw in messages)
        {
            IMessage read = MessageReader.Read(raw);
            Assert.NotSame(raw, read);
            var written = RawMessage.Of(read, raw.Header.Transaction);
            Assert.Equal(raw.Front.ToArray(), written.Front.ToArray());
            Assert.Equal(
                raw.Header,
                written.Header with { Sequence = raw.Header.Sequence, AckSequence = raw.Header.AckSequence, Priority = raw.Header.Priority });
        }
    }

    [Fact]
    public void Structures_of_the_corpus_are_read_and_written_back()
    {
        foreach (string file in RepositoryPaths.CorpusFiles("LogEntry"))
        {
            RoundTrip<LogEntry>(file);
        }

        foreach (string file in RepositoryPaths.CorpusFiles("PerfCounterType"))
        {
            RoundTrip<PerfCounterType>(file);
        }

        foreach (string file in RepositoryPaths.CorpusFiles("DaemonHealthMetric"))
        {
            RoundTrip<DaemonHealthMetric>(file);
        }
    }

    private static void RoundTrip<T>(string file)
        where T : IWireEncodable<T>
    {
        byte[] bytes = File.ReadAllBytes(file);
        var reader = new WireReader(bytes, typeof(T).Name);
        var value = T.Read(ref reader);
        Assert.True(reader.IsAtEnd, file);
        var writer = new WireWriter();
        value.Write(writer);
        var again = new WireReader(writer.WrittenSpan, typeof(T).Name);
        Assert.Equal(value, T.Read(ref again));
        Assert.True(bytes.AsSpan().SequenceEqual(writer.WrittenSpan), $"{file} was {Convert.ToHexString(bytes)}, written {Convert.ToHexString(writer.WrittenSpan)}");
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<CephProtocolException>(() =>
            {
                var cut = new WireReader(bytes.AsSpan(0, length), typeof(T).Name);
                T.Read(ref cut);
            });
        }
    }
}
