using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Routing;

namespace Kalmar.Carbon.Tests.Relays;

/// <summary>What the tests of relays share: a destination here, and points for it.</summary>
internal static class RelayFeed
{
    /// <summary>Sends everything to a port of this machine.</summary>
    public static AllRouter To(EndPoint endPoint) => new([Destination.Parse($"127.0.0.1:{((IPEndPoint)endPoint).Port}:a")]);

    /// <summary>Sends everything to a listener.</summary>
    public static AllRouter To(TcpListener listener) => To(listener.LocalEndpoint);

    /// <summary>Brings points 0, 1, … of <c>m.n0</c>, <c>m.n1</c>, … with a tail each, waiting where it has to; how often it had to.</summary>
    public static async Task<int> AddAsync(RelaySink relay, int points, string tail = "")
    {
        int waits = 0;
        for (int i = 0; i < points; i++)
        {
            byte[] name = Encoding.ASCII.GetBytes($"m.n{i}{tail}");
            while (relay.Accept(new IncomingPoint(name, 1_700_000_000, i, default)) == StoreResult.Full)
            {
                waits++;
                await relay.WaitForSpaceAsync(TestContext.Current.CancellationToken);
            }
        }

        return waits;
    }
}
