using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Receivers;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Tests.Receivers;

public sealed class ReceiverTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Lines_in_any_pieces_arrive_and_bad_ones_are_counted()
    {
        var cache = new MetricCache();
        await using TcpReceiver receiver = Receiver(cache, ReceiverProtocol.Line);
        string text = "a.b 1 100\r\nbad line\n\nc.d 2 200\n" + new string('x', 300_000) + " 1 1\ne.f nan 5\na\0b 1 5\nlast.one 3 300";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        await SendAsync(receiver.EndPoint, bytes, 7001);
        await UntilAsync(() => receiver.Counters is { ActiveConnections: 0, Connections: 1 });
        Assert.Equal([new WhisperPoint(100, 1)], cache.GetPoints("a.b"));
        Assert.Equal([new WhisperPoint(200, 2)], cache.GetPoints("c.d"));
        Assert.Equal([new WhisperPoint(300, 3)], cache.GetPoints("last.one"));
        Assert.Equal((3, 1, 1, 1, 1), (receiver.Counters.Received, receiver.Counters.BadLines, receiver.Counters.LongLines, receiver.Counters.NotANumber, receiver.Counters.Refused));
    }

    [Fact]
    public async Task Full_cache_makes_the_sender_wait_and_nothing_is_lost()
    {
        var cache = new MetricCache(capacity: 1000);
        await using TcpReceiver receiver = Receiver(cache, ReceiverProtocol.Line);
        var text = new StringBuilder();
        for (int i = 0; i < 50_000; i++)
        {
            text.Append($"m{i % 100} {i} {1000 + i}\n");
        }

        Task sending = SendAsync(receiver.EndPoint, Encoding.UTF8.GetBytes(text.ToString()), 65536);
        using var folder = new TemporaryFolder();
        await UntilAsync(() => cache.IsFull && receiver.Counters.Pauses > 0);
        Assert.Equal(1000, cache.Size);
        await using (var writer = new Writing.WriterOptionsFactory(cache, folder).Start())
        {
            await sending;
            await UntilAsync(() => receiver.Counters.Received == 50_000);
        }

        Assert.Equal(50_000, cache.Accepted);
    }

    [Fact]
    public async Task Pickles_of_python_arrive()
    {
        var cache = new MetricCache();
        await using TcpReceiver receiver = Receiver(cache, ReceiverProtocol.Pickle);
        const string program = """
            import pickle, struct, socket, sys
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            for protocol in range(0, 6):
                points = [('p%d.m%d' % (protocol, i), (1000 + i, i * 0.5)) for i in range(300)] + [['p%d.text' % protocol, ['1700000000', '2.5']], (u'p%d.\u00fc' % protocol, (5, 2**40))]
                body = pickle.dumps(points, protocol=protocol)
                s.sendall(struct.pack('!L', len(body)) + body)
            s.shutdown(socket.SHUT_WR); s.recv(1)
            """;
        await Python.RunAsync(program, "", receiver.EndPoint.Port.ToString());
        for (int protocol = 0; protocol < 6; protocol++)
        {
            Assert.Equal([new WhisperPoint(1299, 149.5)], cache.GetPoints($"p{protocol}.m299"));
            Assert.Equal([new WhisperPoint(1_700_000_000, 2.5)], cache.GetPoints($"p{protocol}.text"));
            Assert.Equal([new WhisperPoint(5, 1099511627776)], cache.GetPoints($"p{protocol}.ü"));
        }

        Assert.Equal((6 * 302, 0), (receiver.Counters.Received, receiver.Counters.BadFrames));
    }

    [Fact]
    public async Task Pickle_bombs_are_refused_and_the_next_message_is_read()
    {
        var cache = new MetricCache();
        await using TcpReceiver receiver = Receiver(cache, ReceiverProtocol.Pickle);
        const string program = """
            import pickle, struct, socket, sys, os
            class Bomb:
                def __reduce__(self): return (os.system, ('touch ' + sys.argv[2],))
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            deep = b'(' * 100000 + b'.'
            memo = b'\x80\x02]q\x00' + b'h\x00h\x00\x86q\x00' * 1000 + b'.'
            for body in [pickle.dumps([Bomb()], protocol=p) for p in range(0, 6)] + [deep, memo, b'', b'.', b'\x80', b'X\xff\xff\xff\x7f', b'cos\nsystem\n(S"true"\ntR.']:
                s.sendall(struct.pack('!L', len(body)) + body)
            body = pickle.dumps([('after', (100, 1.0))])
            s.sendall(struct.pack('!L', len(body)) + body)
            s.shutdown(socket.SHUT_WR); s.recv(1)
            s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
            s.sendall(struct.pack('!L', 0x7fffffff) + b'x' * 1000)
            print(s.recv(1) == b'')
            """;
        using var folder = new TemporaryFolder();
        string output = await Python.RunAsync(program, "", receiver.EndPoint.Port.ToString(), folder.File("bomb"));
        Assert.Equal("True\n", output);
        Assert.False(File.Exists(folder.File("bomb")));
        Assert.Equal([new WhisperPoint(100, 1)], cache.GetPoints("after"));
        Assert.Equal((1, 1), (receiver.Counters.Received, receiver.Counters.LongFrames));
        Assert.True(receiver.Counters.BadFrames >= 12, $"{receiver.Counters.BadFrames} bad frames");
    }

    [Fact]
    public async Task Protobuf_arrives_and_every_truncation_is_refused()
    {
        // Payload { Metric { "a.b", Point { 100, 1.5 }, Point { 200, -2 } } }
        byte[] payload = Convert.FromHexString("0a20" + "0a03612e62" + "120b086411000000000000f83f" + "120c08c8011100000000000000c0");
        var cache = new MetricCache();
        await using TcpReceiver receiver = Receiver(cache, ReceiverProtocol.Protobuf);
        using var stream = new MemoryStream();
        for (int length = payload.Length; length > 0; length--)
        {
            stream.Write([0, 0, 0, (byte)length]);
            stream.Write(payload.AsSpan(0, length));
        }

        await SendAsync(receiver.EndPoint, stream.ToArray(), 50);
        await UntilAsync(() => receiver.Counters is { ActiveConnections: 0, Connections: 1 });
        Assert.Equal([new WhisperPoint(100, 1.5), new WhisperPoint(200, -2)], cache.GetPoints("a.b"));
        Assert.Equal((2, payload.Length - 1), (receiver.Counters.Received, receiver.Counters.BadFrames));
    }

    [Fact]
    public async Task Datagrams_arrive_and_are_dropped_and_counted_when_full()
    {
        var cache = new MetricCache(capacity: 2);
        await using var receiver = new UdpReceiver(new ReceiverOptions { Protocol = ReceiverProtocol.Line, EndPoint = AnyPort }, cache, new ReceiverCounters());
        using var client = new UdpClient();
        await client.SendAsync("a 1 1\nb 2 2\nc 3 3\nd 4 4"u8.ToArray(), receiver.EndPoint, TestContext.Current.CancellationToken);
        await UntilAsync(() => receiver.Counters.Dropped == 2);
        Assert.Equal(2, receiver.Counters.Received);
        Assert.Equal(0, receiver.KernelDrops());
    }

    [Fact]
    public async Task Lines_arrive_by_tls()
    {
        using var made = new TestCertificate();
        X509Certificate2 certificate = made.Certificate;
        var cache = new MetricCache();
        await using TcpReceiver receiver = Receiver(cache, ReceiverProtocol.Line, new SslServerAuthenticationOptions { ServerCertificate = certificate });
        using var client = new TcpClient();
        await client.ConnectAsync(receiver.EndPoint, TestContext.Current.CancellationToken);
        await using (var secure = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString()))
        {
            await secure.AuthenticateAsClientAsync("localhost");
            await secure.WriteAsync("a 1 100\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        await UntilAsync(() => receiver.Counters.Received == 1);
        Assert.Equal([new WhisperPoint(100, 1)], cache.GetPoints("a"));
    }

    [Fact]
    public async Task Connections_over_the_limit_are_closed_and_silent_ones_end()
    {
        var cache = new MetricCache();
        var options = new ReceiverOptions { Protocol = ReceiverProtocol.Line, EndPoint = AnyPort, MaxConnections = 2, IdleTimeout = TimeSpan.FromMilliseconds(300) };
        await using var receiver = new TcpReceiver(options, cache, new ReceiverCounters());
        List<TcpClient> clients = [];
        for (int i = 0; i < 5; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(receiver.EndPoint, TestContext.Current.CancellationToken);
            clients.Add(client);
        }

        await UntilAsync(() => receiver.Counters.RejectedConnections == 3);
        await UntilAsync(() => receiver.Counters is { IdleConnections: 2, ActiveConnections: 0 });
        clients.ForEach(c => c.Dispose());
    }

    [Fact]
    public void Known_lines_cost_no_allocation()
    {
        var cache = new MetricCache();
        var counters = new ReceiverCounters();
        var connection = new LineConnection(new PointGate(cache, TimeProvider.System, 0), counters);
        byte[][] rounds = [.. Enumerable.Range(0, 50).Select(round => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(i => $"servers.host{i % 10}.cpu{i / 10}.user {i * 0.25} {1000 + round}\n"))))];
        for (int round = 0; round < 49; round++)
        {
            int at = 0;
            Assert.True(connection.Lines(rounds[round], ref at));
        }

        int place = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        connection.Lines(rounds[49], ref place);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(50_000, counters.Received);
    }

    private static TcpReceiver Receiver(MetricCache cache, ReceiverProtocol protocol, SslServerAuthenticationOptions? tls = null) =>
        new(new ReceiverOptions { Protocol = protocol, EndPoint = AnyPort, Tls = tls }, cache, new ReceiverCounters());

    private static async Task SendAsync(IPEndPoint endPoint, byte[] bytes, int piece)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        for (int at = 0; at < bytes.Length; at += piece)
        {
            await stream.WriteAsync(bytes.AsMemory(at, Math.Min(piece, bytes.Length - at)), TestContext.Current.CancellationToken);
        }

        client.Client.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
