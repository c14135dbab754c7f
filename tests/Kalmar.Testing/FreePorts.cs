using System.Net;
using System.Net.Sockets;

namespace Kalmar.Testing;

/// <summary>Ports of loopback that nobody uses at this moment. A server that can bind to port 0 itself should do that instead.</summary>
public static class FreePorts
{
    /// <summary>Some different ports, free on 127.0.0.1 for TCP.</summary>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<int> Take(int count)
    {
        List<TcpListener> listeners = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                TcpListener listener = new(IPAddress.Loopback, 0);
                listeners.Add(listener);
                listener.Start();
            }

            return [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(l => l.Stop());
        }
    }

    /// <summary>One port, free on 127.0.0.1 for TCP.</summary>
    public static int Take() => Take(1)[0];
}
