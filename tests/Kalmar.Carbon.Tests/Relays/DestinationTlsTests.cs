using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Routing;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.Relays;

public sealed class DestinationTlsTests
{
    [Theory]
    [InlineData(ReceiverProtocol.Line)]
    [InlineData(ReceiverProtocol.Pickle)]
    public async Task Points_go_by_tls_and_wait_while_the_certificate_is_not_trusted(ReceiverProtocol protocol)
    {
        const int Points = 20_000;
        using var folder = new TemporaryFolder();
        using var ours = new TestCertificate();
        using var others = new TestCertificate();
        var cache = new MetricCache();
        var receiving = new ReceiverOptions { Protocol = protocol, EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Tls = new SslServerAuthenticationOptions { ServerCertificate = ours.Certificate } };
        await using var receiver = new TcpReceiver(receiving, cache, new ReceiverCounters());
        AllRouter router = RelayFeed.To(receiver.EndPoint);
        var options = new RelayOptions { Protocol = protocol, SpoolFolder = folder.Path, Tls = new DestinationTls([others.Certificate]), ShutdownTimeout = TimeSpan.FromMilliseconds(100) };
        await using (var relay = new RelaySink(router, options))
        {
            Assert.Equal(0, await RelayFeed.AddAsync(relay, Points));
            await Eventually.TrueAsync("the certificate is refused", () => Task.FromResult(relay.Destinations.Single().Trouble?.Contains("certificate", StringComparison.OrdinalIgnoreCase) == true));
            Assert.Equal(0, relay.Destinations.Single().Counters.Sent);
        }

        // The same points, from the disk, with the right authority.
        await using (var relay = new RelaySink(router, options with { Tls = new DestinationTls([ours.Certificate]), ShutdownTimeout = TimeSpan.FromSeconds(30) }))
        {
            await Eventually.TrueAsync("all are there", () => Task.FromResult(cache.Size == Points));
            Assert.Equal((Points, 0), (relay.Destinations.Single().Counters.Sent, relay.Destinations.Single().Counters.Lost));
        }

        Assert.Equal(7777, Assert.Single(cache.GetPoints("m.n7777")).Value);
        Assert.Equal(0, receiver.Counters.BadLines + receiver.Counters.BadFrames);
    }

    [Fact]
    public async Task What_was_in_a_broken_tls_connection_is_sent_again()
    {
        using var ours = new TestCertificate();
        var cache = new MetricCache();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new RelayOptions { Protocol = ReceiverProtocol.Line, Tls = new DestinationTls([ours.Certificate]) };
        await using var relay = new RelaySink(RelayFeed.To(listener), options);
        await RelayFeed.AddAsync(relay, 100);
        using (TcpClient first = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await using var secure = new SslStream(first.GetStream());
            await secure.AuthenticateAsServerAsync(ours.Certificate);
            Assert.True(await secure.ReadAsync(new byte[100], TestContext.Current.CancellationToken) > 0);
            first.LingerState = new LingerOption(true, 0); // a reset, with what was not read lost
        }

        using TcpClient second = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var again = new SslStream(second.GetStream());
        await again.AuthenticateAsServerAsync(ours.Certificate);
        using var reader = new StreamReader(again, Encoding.ASCII);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal($"m.n{i} {i} 1700000000", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(100, relay.Destinations.Single().Counters.Resent);
    }

    [Theory]
    [InlineData(true, "cpu;a=1;b=2 5 1700000000")]
    [InlineData(false, "cpu;b=2;a=1 5 1700000000")]
    public async Task Tagged_series_go_on_as_they_came_unless_their_one_spelling_is_asked_for(bool normalize, string expected)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = new RelayOptions { Protocol = ReceiverProtocol.Line, NormalizeTags = normalize };
        await using var relay = new RelaySink(RelayFeed.To(listener), options);
        Assert.Equal(StoreResult.Stored, relay.Accept(new IncomingPoint("cpu;b=2;a=1"u8, 1_700_000_000, 5, default)));
        Assert.Equal(StoreResult.Stored, relay.Accept(new IncomingPoint("cpu;=wrong"u8, 1_700_000_000, 6, default)));
        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        Assert.Equal(expected, await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("cpu;=wrong 6 1700000000", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }
}
