using System.Net;
using System.Net.Sockets;
using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Messenger;

public sealed class MessengerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AuthMethod.None, ConnectionMode.Crc, false)]
    [InlineData(AuthMethod.Cephx, ConnectionMode.Crc, false)]
    [InlineData(AuthMethod.Cephx, ConnectionMode.Secure, false)]
    [InlineData(AuthMethod.Cephx, ConnectionMode.Secure, true)]
    public async Task Messages_of_all_sizes_arrive_in_order_both_ways(AuthMethod method, ConnectionMode mode, bool ipv6)
    {
        await using var server = new TestServer(ipv6 ? TestServer.Ipv6 : null, Echo, method);
        await using MessengerConnection client = await server.ConnectAsync(mode);
        var handler = new RecordingHandler();
        client.Start(handler);
        Assert.Equal(mode, client.Peer.Mode);
        var random = new Random(1);
        int[] sizes = [0, 1, 47, 48, 49, 1000, 70_000, 3_000_000];
        foreach (int size in sizes)
        {
            byte[] data = new byte[size];
            random.NextBytes(data);
            await client.SendAsync(new MCommand(Guid.NewGuid(), [new string('x', size / 2)], data), (ulong)size + 1, Token);
            RawMessage answer = await handler.Messages.ReadAsync(Token);
            Assert.Equal((ulong)size + 1, answer.Header.Transaction);
            Assert.Equal(data, answer.As<MCommandReply>().Data.ToArray());
            Assert.Equal(size / 2, answer.As<MCommandReply>().Status.Length);
        }

        (MessengerConnection session, RecordingHandler received) = await server.AcceptAsync();
        Assert.Equal(client.Peer.GlobalId, session.Peer.GlobalId);
        Assert.Equal(method == AuthMethod.Cephx ? TestServer.Client : null, session.Peer.Name);
        await client.DisposeAsync();
        Assert.Equal(ConnectionEndReason.ClosedByPeer, (await received.Completion.WaitAsync(Token)).Reason);
    }

    [Fact]
    public async Task Connect_with_a_wrong_key_says_so()
    {
        await using var server = new TestServer();
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(() => MessengerConnection.ConnectAsync(
            server.Address,
            EntityType.Mon,
            server.Authenticator(CephKey.Generate(CephKeyType.Aes128, TimeProvider.System)),
            new MessengerOptions(),
            Token));
        Assert.Equal(13, e.Errno);
        Assert.Contains("key is wrong", e.Message, StringComparison.Ordinal);
        while (server.Listener.RefusedConnections == 0)
        {
            // The client may learn it before the server has counted it.
            await Task.Delay(1, Token);
        }

        Assert.IsType<CephAuthenticationException>(server.Listener.LastRefusal);
    }

    [Fact]
    public async Task Connect_with_a_method_that_is_not_taken_names_those_that_are()
    {
        await using var server = new TestServer(method: AuthMethod.None);
        var authenticator = new CephxMonClientAuthenticator(
            TestServer.Client, server.Key, EntityType.Mon, new CephxTicketStore(TimeProvider.System), TimeProvider.System);
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(
            () => MessengerConnection.ConnectAsync(server.Address, EntityType.Mon, authenticator, new MessengerOptions(), Token));
        Assert.Contains("takes only none", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_with_a_mode_that_is_not_taken_names_those_that_are()
    {
        await using var server = new TestServer(o => o with { Messenger = o.Messenger with { Modes = [ConnectionMode.Secure] } });
        CephAuthenticationException e = await Assert.ThrowsAsync<CephAuthenticationException>(() => server.ConnectAsync(ConnectionMode.Crc));
        Assert.Contains("mode secure", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_where_another_kind_of_daemon_answers_says_so()
    {
        await using var server = new TestServer();
        CephConnectionException e = await Assert.ThrowsAsync<CephConnectionException>(() => MessengerConnection.ConnectAsync(
            server.Address, EntityType.Osd, server.Authenticator(), new MessengerOptions(), Token));
        Assert.Contains("answers mon where osd was expected", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_with_an_old_nonce_is_sent_away()
    {
        await using var server = new TestServer();
        await Assert.ThrowsAsync<CephConnectionException>(() => server.ConnectAsync(address: server.Address with { Nonce = 5 }));
        Assert.Contains("looks for", server.Listener.LastRefusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_where_nobody_listens_is_a_connection_error()
    {
        var address = new EntityAddress(EntityAddressType.Msgr2, 0, new IPEndPoint(IPAddress.Loopback, Kalmar.Testing.FreePorts.Take()));
        await Assert.ThrowsAsync<CephConnectionException>(() => MessengerConnection.ConnectAsync(
            address, EntityType.Mon, new NoneClientAuthenticator(TestServer.Client, 0, EntityType.Mon), new MessengerOptions(), Token));
    }

    [Fact]
    public async Task Connect_to_a_peer_that_says_nothing_names_what_it_waited_for()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var address = new EntityAddress(EntityAddressType.Msgr2, 0, (IPEndPoint)mute.LocalEndpoint);
        CephConnectionException e = await Assert.ThrowsAsync<CephConnectionException>(() => MessengerConnection.ConnectAsync(
            address,
            EntityType.Mon,
            new NoneClientAuthenticator(TestServer.Client, 0, EntityType.Mon),
            new MessengerOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(200) },
            Token));
        Assert.Contains("waiting for the banner", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_to_the_port_of_something_else_is_a_protocol_error()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Task answer = AnswerAsync();
        var address = new EntityAddress(EntityAddressType.Msgr2, 0, (IPEndPoint)other.LocalEndpoint);
        CephProtocolException e = await Assert.ThrowsAsync<CephProtocolException>(() => MessengerConnection.ConnectAsync(
            address, EntityType.Mon, new NoneClientAuthenticator(TestServer.Client, 0, EntityType.Mon), new MessengerOptions(), Token));
        Assert.Contains("messenger 2", e.Message, StringComparison.Ordinal);
        await answer;

        async Task AnswerAsync()
        {
            using Socket client = await other.AcceptSocketAsync(Token);
            await client.SendAsync("ceph v027 and then something quite different"u8.ToArray(), Token);
            await client.ReceiveAsync(new byte[10000], Token);
        }
    }

    [Fact]
    public async Task Keepalive_is_answered_with_its_own_time()
    {
        await using var server = new TestServer(method: AuthMethod.None);
        using FrameTransport transport = await HandshakeByHandAsync(server);
        var sent = new Utime(1234, 5678);
        transport.Write(new KeepaliveFrame(sent));
        await transport.FlushAsync(Token);
        Frame answer = (await transport.ReadAsync(Token))!;
        Assert.Equal(sent, answer.Read<KeepaliveAckFrame>().Sent);
    }

    [Fact]
    public async Task Connection_to_a_peer_that_answers_keepalives_lives()
    {
        await using var server = new TestServer();
        var options = new MessengerOptions { KeepaliveInterval = TimeSpan.FromMilliseconds(20), KeepaliveTimeout = TimeSpan.FromSeconds(20) };
        await using MessengerConnection client = await MessengerConnection.ConnectAsync(
            server.Address, EntityType.Mon, server.Authenticator(), options, Token);
        var started = TimeSpan.Zero;
        client.Start(new RecordingHandler());
        while (client.SinceLastKeepaliveAck >= started)
        {
            // The time since the last answer only grows until one comes.
            started = client.SinceLastKeepaliveAck;
            await Task.Delay(1, Token);
        }

        Assert.Null(client.End);
    }

    [Fact]
    public async Task Connection_to_a_peer_that_fell_silent_ends_as_timed_out()
    {
        await using var relay = new Relay();
        await using var server = new TestServer(o => o with { Addresses = new EntityAddressVector([relay.Address]) });
        bool silent = false;
        relay.ToClient = (_, bytes) => Volatile.Read(ref silent) ? [] : bytes;
        relay.Start(server.Listener.EndPoint);
        var options = new MessengerOptions { KeepaliveInterval = TimeSpan.FromMilliseconds(20), KeepaliveTimeout = TimeSpan.FromMilliseconds(300) };
        await using MessengerConnection client = await MessengerConnection.ConnectAsync(
            relay.Address, EntityType.Mon, server.Authenticator(), options, Token);
        Volatile.Write(ref silent, true);
        var handler = new RecordingHandler();
        client.Start(handler);
        ConnectionEnd end = await handler.Completion.WaitAsync(Token);
        Assert.Equal(ConnectionEndReason.TimedOut, end.Reason);
        await Assert.ThrowsAsync<CephConnectionException>(async () => await client.SendAsync(new MMonGetMap(), 0, Token));
    }

    [Fact]
    public async Task Server_closes_a_connection_on_which_nothing_comes()
    {
        await using var server = new TestServer(o => o with { Messenger = o.Messenger with { IdleTimeout = TimeSpan.FromMilliseconds(200) } });
        await using MessengerConnection client = await server.ConnectAsync();
        var handler = new RecordingHandler();
        client.Start(handler);
        Assert.Equal(ConnectionEndReason.ClosedByPeer, (await handler.Completion.WaitAsync(Token)).Reason);
        (_, RecordingHandler session) = await server.AcceptAsync();
        Assert.Equal(ConnectionEndReason.TimedOut, (await session.Completion.WaitAsync(Token)).Reason);
    }

    [Fact]
    public async Task Outgoing_queue_to_a_peer_that_does_not_read_is_bounded()
    {
        var hold = new TaskCompletionSource();
        await using var server = new TestServer(handler: () => new RecordingHandler { Answer = async (_, _, token) => await hold.Task.WaitAsync(token) });
        await using MessengerConnection client = await MessengerConnection.ConnectAsync(
            server.Address, EntityType.Mon, server.Authenticator(), new MessengerOptions { OutgoingQueueLength = 8 }, Token);
        client.Start(new RecordingHandler());
        var large = new MCommand(Guid.NewGuid(), ["x"], new byte[1_000_000]);
        int accepted = 0;
        int refusedInARow = 0;
        while (refusedInARow < 20)
        {
            if (client.TrySend(large))
            {
                accepted++;
                refusedInARow = 0;
            }
            else
            {
                refusedInARow++;
                await Task.Delay(10, Token);
            }

            Assert.True(accepted < 200, "the queue took 200 MB");
        }

        Assert.Null(client.End);
        hold.SetResult();
    }

    [Fact]
    public async Task Server_that_is_disposed_of_ends_its_sessions()
    {
        var server = new TestServer();
        await using MessengerConnection client = await server.ConnectAsync();
        var handler = new RecordingHandler();
        client.Start(handler);
        await server.AcceptAsync();
        await server.DisposeAsync();
        ConnectionEnd end = await handler.Completion.WaitAsync(Token);
        Assert.True(end.Reason is ConnectionEndReason.ClosedByPeer or ConnectionEndReason.NetworkFailure, end.ToString());
        Assert.Equal(0, server.Listener.OpenConnections);
    }

    [Fact]
    public async Task Handler_that_throws_ends_only_its_connection()
    {
        await using var server = new TestServer(handler: () => new RecordingHandler { Answer = (_, _, _) => throw new InvalidOperationException("oh") });
        await using MessengerConnection first = await server.ConnectAsync();
        await using MessengerConnection second = await server.ConnectAsync();
        var handler = new RecordingHandler();
        first.Start(handler);
        second.Start(new RecordingHandler());
        await first.SendAsync(new MMonGetMap(), 0, Token);
        await handler.Completion.WaitAsync(Token);
        Assert.Null(second.End);
    }

    [Fact]
    public async Task Reconnect_to_a_session_that_was_lost_is_reset_and_begins_anew()
    {
        await using var server = new TestServer(method: AuthMethod.None);
        using FrameTransport transport = await HandshakeByHandAsync(server, reconnect: true);
        (MessengerConnection connection, _) = await server.AcceptAsync();
        Assert.Equal(EntityType.Client, connection.Peer.Instance.Type);
    }

    [Fact]
    public async Task Client_without_the_features_that_are_required_is_told_which()
    {
        await using var server = new TestServer();
        CephProtocolException e = await Assert.ThrowsAsync<CephProtocolException>(() => MessengerConnection.ConnectAsync(
            server.Address, EntityType.Mon, server.Authenticator(), new MessengerOptions { Features = 1 }, Token));
        Assert.Contains("0x800000000000000", e.Message, StringComparison.Ordinal);
    }

    private static RecordingHandler Echo() => new()
    {
        Answer = static async (connection, message, token) =>
        {
            MCommand command = message.As<MCommand>();
            await connection.SendAsync(new MCommandReply(0, command.Command[0], command.Data), message.Header.Transaction, token);
        },
    };

    /// <summary>A client's handshake step by step, for what the real client never does.</summary>
    private static async Task<FrameTransport> HandshakeByHandAsync(TestServer server, bool reconnect = false)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Listener.EndPoint, Token);
        var transport = new FrameTransport(socket);
        transport.WriteBanner();
        transport.Write(new HelloFrame(EntityType.Client, server.Address));
        transport.Write(new AuthRequestFrame(AuthMethod.None, [ConnectionMode.Crc], server.Authenticator().Begin()));
        transport.Write(new AuthSignatureFrame(new byte[32]));
        var own = new EntityAddressVector([new EntityAddress(EntityAddressType.Any, 77, new IPEndPoint(IPAddress.Loopback, 0))]);
        if (reconnect)
        {
            transport.Write(new SessionReconnectFrame(own, 1, 2, 3, 4, 5));
        }

        transport.Write(new ClientIdentFrame(
            own, server.Address, 1, 1, MessengerFeatures.Supported, MessengerFeatures.Required, reconnect ? 0 : SessionFlags.Lossy, reconnect ? 9ul : 0));
        await transport.FlushAsync(Token);
        await transport.ReadBannerAsync(Token);
        var tags = new List<FrameTag>();
        while (tags.LastOrDefault() != FrameTag.ServerIdent)
        {
            Frame frame = (await transport.ReadAsync(Token))!;
            tags.Add(frame.Tag);
            if (frame.Tag == FrameTag.ServerIdent)
            {
                Assert.Equal(SessionFlags.Lossy, frame.Read<ServerIdentFrame>().Flags);
            }
        }

        Assert.Equal(reconnect, tags.Contains(FrameTag.SessionReset));
        return transport;
    }
}
