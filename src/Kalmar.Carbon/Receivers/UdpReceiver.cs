using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Receivers;

/// <summary>Takes lines by UDP. Who sends by UDP cannot be made to wait: points that find the cache full are dropped and counted.</summary>
public sealed class UdpReceiver : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly LineConnection _lines;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <summary>Opens the port.</summary>
    /// <exception cref="SocketException">The port is taken or may not be used.</exception>
    public UdpReceiver(ReceiverOptions options, IPointSink sink, ReceiverCounters counters, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Counters = counters;
        _lines = new LineConnection(new PointGate(sink, time ?? TimeProvider.System, options.TimestampResolution), counters);
        _socket = new Socket(options.EndPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = 8 << 20;
            _socket.Bind(options.EndPoint);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _loop = ReceiveAsync();
    }

    /// <summary>Address and port that it listens on.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What came in.</summary>
    public ReceiverCounters Counters { get; }

    /// <summary>Datagrams that the kernel dropped because its buffer was full, from <c>/proc/net/udp</c>.</summary>
    public long KernelDrops()
    {
        string file = EndPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "/proc/net/udp6" : "/proc/net/udp";
        string port = EndPoint.Port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (string line in File.ReadLines(file))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 12 && words[1].EndsWith(':' + port, StringComparison.Ordinal)
                && long.TryParse(words[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long drops))
            {
                return drops;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            _socket.Dispose();
            await _loop.ConfigureAwait(false);
            _stop.Dispose();
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[65537];
        var from = new SocketAddress(_socket.AddressFamily);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                int count = await _socket.ReceiveFromAsync(buffer.AsMemory(0, 65536), SocketFlags.None, from, _stop.Token).ConfigureAwait(false);
                buffer[count] = (byte)'\n';
                int at = 0;
                while (!_lines.Lines(buffer.AsSpan(0, count + 1), ref at))
                {
                    Counters.Drop();
                    at += buffer.AsSpan(at, count + 1 - at).IndexOf((byte)'\n') + 1;
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // An ICMP answer to something we never sent; the port goes on.
                await Task.Yield();
            }
        }
    }
}
