using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Kalmar.Carbon.Receivers;

/// <summary>A port and the connections that came by it: bounded in number, each owned until it ends.</summary>
internal sealed class ConnectionListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly int _maxConnections;
    private readonly ReceiverCounters _counters;
    private readonly Func<NetworkStream, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, Task> _connections = new();
    private readonly Task _loop;
    private long _number;

    public ConnectionListener(IPEndPoint endPoint, int maxConnections, ReceiverCounters counters, Func<NetworkStream, CancellationToken, Task> serve)
    {
        _maxConnections = maxConnections;
        _counters = counters;
        _serve = serve;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(endPoint);
            _socket.Listen(1024);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _loop = AcceptAsync();
    }

    public IPEndPoint EndPoint { get; }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _loop.ConfigureAwait(false);
        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket connection;
            try
            {
                connection = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // Out of file descriptors, or the peer is gone already: go on when some are free again.
                _counters.Reject();
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            if (_connections.Count >= _maxConnections)
            {
                _counters.Reject();
                connection.Dispose();
                continue;
            }

            long number = _number++;
            Task task = ServeAsync(number, connection);
            _connections[number] = task;
            if (task.IsCompleted)
            {
                _connections.TryRemove(number, out _);
            }
        }
    }

    private async Task ServeAsync(long number, Socket connection)
    {
        await Task.Yield();
        _counters.Opened();
        try
        {
            connection.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            using var stream = new NetworkStream(connection, ownsSocket: true);
            await _serve(stream, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or AuthenticationException)
        {
            // The other end went away or we are stopping: the end of a connection is no error of ours.
            LastEnd = e.Message;
        }
        finally
        {
            connection.Dispose();
            _counters.Closed();
            _connections.TryRemove(number, out _);
        }
    }

    /// <summary>Why the last connection that did not end by itself ended.</summary>
    public string? LastEnd { get; private set; }
}
