using System.Net;
using System.Net.Sockets;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Messenger;

/// <summary>The server's side of messenger 2.1: listens, lets peers prove who they are, and hands out their connections.</summary>
public sealed class MessengerListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly ListenerOptions _options;
    private readonly Func<IServerAuthenticator> _authenticator;
    private readonly Func<MessengerConnection, IConnectionHandler> _accepted;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _room;
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _serving = [];
    private readonly Task _accepting;
    private long _refused;

    private MessengerListener(
        Socket socket,
        ListenerOptions options,
        Func<IServerAuthenticator> authenticator,
        Func<MessengerConnection, IConnectionHandler> accepted)
    {
        _socket = socket;
        _options = options;
        _authenticator = authenticator;
        _accepted = accepted;
        _room = new SemaphoreSlim(options.MaxConnections);
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        Addresses = options.Addresses
            ?? new EntityAddressVector([new EntityAddress(EntityAddressType.Msgr2, options.Messenger.Nonce ?? 0, EndPoint)]);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The addresses that clients must look for.</summary>
    public EntityAddressVector Addresses { get; }

    /// <summary>Connections that ended before a session stood: bad bytes, wrong keys, time-outs.</summary>
    public long RefusedConnections => Interlocked.Read(ref _refused);

    /// <summary>Why the last connection was refused; null when none was.</summary>
    public Exception? LastRefusal { get; private set; }

    /// <summary>Connections that are open now, unfinished handshakes included.</summary>
    public int OpenConnections
    {
        get
        {
            lock (_lock)
            {
                return _serving.Count;
            }
        }
    }

    /// <summary>Binds and begins to accept.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="authenticator">Makes the authenticator of one attempt.</param>
    /// <param name="accepted">Called with each new session, gives who handles its messages. It must be quick; what it throws ends the session.</param>
    /// <exception cref="CephConnectionException">The address cannot be bound.</exception>
    public static MessengerListener Start(
        ListenerOptions options, Func<IServerAuthenticator> authenticator, Func<MessengerConnection, IConnectionHandler> accepted)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(authenticator);
        ArgumentNullException.ThrowIfNull(accepted);
        var socket = new Socket(options.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(options.EndPoint);
            socket.Listen(512);
            return new MessengerListener(socket, options, authenticator, accepted);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new CephConnectionException($"cannot listen on {options.EndPoint}: {e.Message}", e);
        }
    }

    /// <summary>Stops listening and ends all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        Task[] serving;
        lock (_lock)
        {
            serving = [.. _serving];
        }

        await Task.WhenAll(serving).ConfigureAwait(false);
        _room.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        CancellationToken stopping = _stopping.Token;
        while (!stopping.IsCancellationRequested)
        {
            Socket? client = null;
            try
            {
                await _room.WaitAsync(stopping).ConfigureAwait(false);
                client = await _socket.AcceptAsync(stopping).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // A client that is gone already, or no descriptors left for the moment.
                _room.Release();
                Refuse(e);
                await Task.Delay(TimeSpan.FromMilliseconds(20), _options.Messenger.TimeProvider, CancellationToken.None).ConfigureAwait(false);
                continue;
            }

            Task serving = ServeAsync(client, stopping);
            lock (_lock)
            {
                _serving.Add(serving);
            }

            _ = ForgetAsync(serving);
        }
    }

    private async Task ForgetAsync(Task serving)
    {
        await serving.ConfigureAwait(false);
        lock (_lock)
        {
            _serving.Remove(serving);
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            MessengerConnection? connection = await HandshakeAsync(client, stopping).ConfigureAwait(false);
            if (connection is null)
            {
                return;
            }

            await using (connection.ConfigureAwait(false))
            {
                connection.Start(_accepted(connection));
                using CancellationTokenRegistration stop = stopping.Register(() => connection.Close("the server stops"));
                await connection.Completion.ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Whatever a handler's maker throws concerns this one connection.
            Refuse(e);
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<MessengerConnection?> HandshakeAsync(Socket client, CancellationToken stopping)
    {
        MessengerOptions options = _options.Messenger;
        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, options.TimeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        FrameTransport? transport = null;
        try
        {
            client.NoDelay = true;
            var remote = new EntityAddress(EntityAddressType.Msgr2, 0, (IPEndPoint)client.RemoteEndPoint!);
            transport = new FrameTransport(client);
            var handshake = new ServerHandshake(transport, remote, _authenticator(), _options, Addresses);
            ConnectionPeer peer = await handshake.RunAsync(MessengerConnection.NextGlobalSequence(), linked.Token).ConfigureAwait(false);
            transport.AllowMessages(options.Limits);
            return new MessengerConnection(transport, peer, options);
        }
        catch (Exception e)
        {
            // Anything that a stranger sends may end here; none of it concerns the others.
            Refuse(e);
            transport?.Dispose();
            client.Dispose();
            return null;
        }
    }

    private void Refuse(Exception e)
    {
        LastRefusal = e;
        Interlocked.Increment(ref _refused);
    }
}
