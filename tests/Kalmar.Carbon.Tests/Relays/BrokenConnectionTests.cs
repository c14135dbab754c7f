using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Testing;

namespace Kalmar.Carbon.Tests.Relays;

public sealed class BrokenConnectionTests
{
    private const int Lines = 60_000;

    [Fact]
    public async Task Connection_that_breaks_costs_no_point_and_what_is_sent_twice_is_counted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var relay = new RelaySink(RelayFeed.To(listener), new RelayOptions { Protocol = ReceiverProtocol.Line, RetryDelay = TimeSpan.FromMilliseconds(10) });
        DestinationCounters counters = relay.Destinations.Single().Counters;
        Dictionary<string, int> seen = [];
        Task adding = RelayFeed.AddAsync(relay, Lines);

        // Twice the other end goes away with a reset after it has read a part; what its kernel had and it did not read is lost there.
        for (int part = 0; part < 2; part++)
        {
            using Socket broken = await AcceptAsync(listener);
            Count(seen, await ReadAsync(broken, 300_000));
            broken.LingerState = new LingerOption(true, 0);
        }

        Task<byte[]> rest = ReadRestAsync(listener);
        await adding;
        await Eventually.TrueAsync("all is sent", () => Task.FromResult(relay.Destinations.Single() is { Counters.Connects: 3, WaitingBytes: 0 }));
        await relay.DisposeAsync();
        Count(seen, await rest);
        Assert.Equal(Lines, seen.Count);
        int twice = seen.Values.Sum(v => v - 1);
        Assert.True(counters.Resent > 0, "nothing was sent twice: the connections were not broken in between");
        Assert.InRange(twice, 0, counters.Resent);
        Assert.Equal((Lines + counters.Resent, 0), (counters.Sent, counters.Lost));
    }

    private static async Task<Socket> AcceptAsync(TcpListener listener)
    {
        Task<Socket> accepting = listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        await Eventually.TrueAsync("the relay connects", () => Task.FromResult(accepting.IsCompleted), TimeSpan.FromSeconds(20));
        return await accepting;
    }

    private static async Task<byte[]> ReadRestAsync(TcpListener listener)
    {
        using Socket socket = await AcceptAsync(listener);
        return await ReadAsync(socket, int.MaxValue);
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int most)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[8192];
        while (all.Length < most && await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is > 0 and int count)
        {
            all.Write(buffer, 0, count);
        }

        return all.ToArray();
    }

    private static void Count(Dictionary<string, int> seen, byte[] bytes)
    {
        string text = Encoding.ASCII.GetString(bytes);
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            seen[line] = seen.GetValueOrDefault(line) + 1;
        }
    }
}
