using System.Net;
using System.Net.Sockets;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.Relays;

public sealed class SlowDestinationTests
{
    private const int Lines = 30_000;
    private static readonly string Tail = "." + new string('x', 380);

    [Fact]
    public async Task Slow_destination_makes_senders_wait_and_one_that_takes_nothing_goes_by_way_of_the_disk()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Server.ReceiveBufferSize = 16 * 1024; // or the kernel takes it all
        listener.Start();
        var options = new RelayOptions { Protocol = ReceiverProtocol.Line, MemoryLimit = 256 * 1024, SpoolFolder = folder.Path };
        await using var relay = new RelaySink(RelayFeed.To(listener), options);
        DestinationCounters counters = relay.Destinations.Single().Counters;
        using Socket socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

        // 12 MB in pieces with a pause after each.
        Task<int> adding = RelayFeed.AddAsync(relay, Lines, Tail);
        Assert.Equal(Lines, await ReadAsync(socket, TimeSpan.FromMilliseconds(20)));
        Assert.True(await adding > 0, "nobody had to wait");
        Assert.Equal((0, Lines), (counters.Spooled, counters.Attempted));

        // Nothing is read now: the senders are free again as soon as that is seen.
        await RelayFeed.AddAsync(relay, Lines, Tail).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.InRange(counters.Spooled, Lines / 10, Lines); // the kernel holds some megabytes
        Assert.Equal(Lines, await ReadAsync(socket, TimeSpan.Zero));
        await Eventually.TrueAsync("nothing waits", () => Task.FromResult(relay.Destinations.Single().WaitingBytes == 0));
        Assert.Equal((2 * Lines, 0), (counters.Sent, counters.Lost));
    }

    /// <summary>Reads until all lines are there; how many there were.</summary>
    private static async Task<int> ReadAsync(Socket socket, TimeSpan pause)
    {
        byte[] buffer = new byte[256 * 1024];
        int lines = 0;
        while (lines < Lines)
        {
            int count = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }

        return lines;
    }
}
