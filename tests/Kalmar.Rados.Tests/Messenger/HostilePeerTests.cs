using System.Net.Sockets;
using Kalmar.Rados.Messenger;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Frames;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Tests.Messenger;

/// <summary>Bytes that nobody should send, to both ends: the connection ends, the process and the others go on.</summary>
public sealed class HostilePeerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_with_random_bytes_closes_and_goes_on_serving()
    {
        await using var server = new TestServer();
        var random = new Random(17);
        const int Attempts = 60;
        for (int i = 0; i < Attempts; i++)
        {
            byte[] bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            if (i % 3 != 0)
            {
                var banner = new WireWriter();
                Banner.Ours.Write(banner);
                banner.WrittenSpan[..Math.Min(Banner.Size, bytes.Length)].CopyTo(bytes);
            }

            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(server.Listener.EndPoint, Token);
            await socket.SendAsync(bytes, Token);
            socket.Shutdown(SocketShutdown.Send);
            await DrainAsync(socket);
        }

        await using MessengerConnection client = await server.ConnectAsync(ConnectionMode.Secure);
        Assert.Equal(Attempts, server.Listener.RefusedConnections);
    }

    [Fact]
    public async Task Server_with_a_huge_length_before_authentication_closes_at_once()
    {
        await using var server = new TestServer();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Listener.EndPoint, Token);
        var writer = new WireWriter();
        Banner.Ours.Write(writer);
        new Preamble(FrameTag.Hello, 1, 512 << 20, 0, 0, 0).Write(writer.GetSpan(Preamble.Size));
        writer.Advance(Preamble.Size);
        await socket.SendAsync(writer.WrittenMemory, Token);
        await DrainAsync(socket);
        Assert.IsType<CephProtocolException>(server.Listener.LastRefusal);
    }

    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Both_ends_with_altered_bytes_end_the_connection(ConnectionMode mode)
    {
        for (int seed = 0; seed < 24; seed++)
        {
            await using var relay = new Relay();
            await using var server = new TestServer(o => o with { Addresses = new EntityAddressVector([relay.Address]) });
            bool alter = false;
            bool towardsServer = seed % 2 == 0;
            var random = new Random(seed);
            byte[] Alter(long offset, byte[] bytes)
            {
                if (Volatile.Read(ref alter))
                {
                    bytes[random.Next(Math.Min(bytes.Length, 90))] ^= (byte)(1 + random.Next(255));
                }

                return bytes;
            }

            if (towardsServer)
            {
                relay.ToServer = Alter;
            }
            else
            {
                relay.ToClient = Alter;
            }

            relay.Start(server.Listener.EndPoint);
            await using MessengerConnection client = await server.ConnectAsync(mode, relay.Address);
            var atClient = new RecordingHandler();
            client.Start(atClient);
            (MessengerConnection session, RecordingHandler atServer) = await server.AcceptAsync();
            Volatile.Write(ref alter, true);
            var message = new MCommand(Guid.Empty, ["{}"], new byte[50]);
            await (towardsServer ? client : session).SendAsync(message, 1, Token);
            ConnectionEnd end = await (towardsServer ? atServer : atClient).Completion.WaitAsync(Token);
            Assert.True(end.Reason == ConnectionEndReason.ProtocolError, $"seed {seed}: {end}");
            Assert.Empty((towardsServer ? atServer : atClient).Messages.ReadAllAsync(Token).ToBlockingEnumerable(Token));
        }
    }

    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Client_with_a_handshake_that_is_cut_or_altered_anywhere_throws_a_ceph_error(ConnectionMode mode)
    {
        await using var relay = new Relay();
        await using var server = new TestServer(o => o with
        {
            Addresses = new EntityAddressVector([relay.Address]),
            Messenger = o.Messenger with { HandshakeTimeout = TimeSpan.FromSeconds(2) },
        });
        long length = 0;
        relay.ToClient = (offset, bytes) =>
        {
            length = offset + bytes.Length;
            return bytes;
        };
        relay.Start(server.Listener.EndPoint);
        await (await server.ConnectAsync(mode, relay.Address)).DisposeAsync();
        long whole = length;
        Assert.True(whole > 500);
        var options = new MessengerOptions { Modes = [mode], HandshakeTimeout = TimeSpan.FromMilliseconds(400) };
        for (long at = 0; at < whole; at += 29)
        {
            bool cut = at % 2 == 0;
            relay.ToClient = (offset, bytes) =>
            {
                long here = at - offset;
                if (here >= 0 && here < bytes.Length)
                {
                    if (cut)
                    {
                        return here == 0 ? null : bytes[..(int)here];
                    }

                    bytes[here] ^= 0x55;
                }

                return cut && here < 0 ? null : bytes;
            };
            Exception? e = await Record.ExceptionAsync(async () =>
            {
                await using MessengerConnection connection = await MessengerConnection.ConnectAsync(
                    relay.Address, EntityType.Mon, server.Authenticator(), options, Token);
            });
            Assert.True(e is CephException, $"at {at} of {whole}, {(cut ? "cut" : "altered")}: {e}");
        }
    }

    private static async Task DrainAsync(Socket socket)
    {
        try
        {
            while (await socket.ReceiveAsync(new byte[4096], Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Closed with bytes of ours unread: a reset.
        }
    }
}
