using System.Net;
using System.Net.Sockets;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Messenger;

/// <summary>
/// Stands between a client and a server and may alter, cut or hold what goes through. The server must be told the relay's address as its
/// own, see <see cref="Address"/>.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _tasks = [];

    public Relay()
    {
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
    }

    public IPEndPoint EndPoint { get; }

    public EntityAddress Address => new(EntityAddressType.Msgr2, 0, EndPoint);

    /// <summary>Called with each piece on its way to the server and its offset; gives what goes on, null to close.</summary>
    public Func<long, byte[], byte[]?> ToServer { get; set; } = static (_, bytes) => bytes;

    /// <summary>Called with each piece on its way to the client and its offset; gives what goes on, null to close.</summary>
    public Func<long, byte[], byte[]?> ToClient { get; set; } = static (_, bytes) => bytes;

    public void Start(IPEndPoint server) => _tasks.Add(RunAsync(server));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await Task.WhenAll(_tasks);
        _stopping.Dispose();
    }

    private async Task RunAsync(IPEndPoint server)
    {
        var pumps = new List<Task>();
        try
        {
            while (true)
            {
                Socket client = await _listener.AcceptSocketAsync(_stopping.Token);
                var upstream = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await upstream.ConnectAsync(server, _stopping.Token);
                pumps.Add(PumpAsync(client, upstream, (o, b) => ToServer(o, b)));
                pumps.Add(PumpAsync(upstream, client, (o, b) => ToClient(o, b)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(pumps);
    }

    private async Task PumpAsync(Socket from, Socket to, Func<long, byte[], byte[]?> change)
    {
        byte[] buffer = new byte[65536];
        long offset = 0;
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and int count)
            {
                byte[]? changed = change(offset, buffer[..count]);
                offset += count;
                if (changed is null)
                {
                    break;
                }

                await to.SendAsync(changed, _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        from.Dispose();
        to.Dispose();
    }
}
