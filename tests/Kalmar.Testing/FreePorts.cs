using System.Net;
using System.Net.Sockets;

namespace Kalmar.Testing;

/// <summary>
/// Ports of loopback that nobody uses at this moment. They lie below those that the kernel gives to outgoing connections (32768 and above), so that no
/// connection of another test takes one while its server is away. A server that can bind to port 0 itself should do that instead.
/// </summary>
public static class FreePorts
{
    private const int First = 12000;
    private const int End = 32000;

    /// <summary>Some different ports, free on 127.0.0.1 for TCP.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<int> Take(int count)
    {
        HashSet<int> ports = [];
        for (int attempt = 0; ports.Count < count && attempt < End - First; attempt++)
        {
            int port = Random.Shared.Next(First, End);
            if (IsFree(port))
            {
                ports.Add(port);
            }
        }

        return ports.Count == count ? [.. ports] : throw new InvalidOperationException($"no {count} free ports between {First} and {End} on 127.0.0.1");
    }

    /// <summary>One port, free on 127.0.0.1 for TCP.</summary>
    public static int Take() => Take(1)[0];

    private static bool IsFree(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
