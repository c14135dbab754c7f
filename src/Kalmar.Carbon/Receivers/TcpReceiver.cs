using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Receivers;

/// <summary>Takes points by TCP: lines, pickle or protobuf, with TLS when asked. Disposing closes all connections and waits for them.</summary>
public sealed class TcpReceiver : IAsyncDisposable
{
    private readonly ReceiverOptions _options;
    private readonly PointGate _gate;
    private readonly TimeProvider _time;
    private readonly ConnectionListener _listener;

    /// <summary>Opens the port.</summary>
    /// <exception cref="SocketException">The port is taken or may not be used.</exception>
    public TcpReceiver(ReceiverOptions options, IPointSink sink, ReceiverCounters counters, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Counters = counters;
        _time = time ?? TimeProvider.System;
        _gate = new PointGate(sink, _time, options.TimestampResolution);
        _listener = new ConnectionListener(options.EndPoint, options.MaxConnections, counters, ServeAsync);
    }

    /// <summary>Address and port that it listens on.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>What came in.</summary>
    public ReceiverCounters Counters { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(NetworkStream connection, CancellationToken cancellationToken)
    {
        using var idle = new IdleClock(_options.IdleTimeout, _time);
        try
        {
            if (_options.Tls is null)
            {
                await ReadAsync(connection, idle, cancellationToken).ConfigureAwait(false);
                return;
            }

            using var secure = new SslStream(connection, leaveInnerStreamOpen: true);
            await secure.AuthenticateAsServerAsync(_options.Tls, idle.Next(cancellationToken)).ConfigureAwait(false);
            await ReadAsync(secure, idle, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (idle.HasRunOut)
        {
            Counters.Idle();
        }
    }

    private async Task ReadAsync(Stream stream, IdleClock idle, CancellationToken cancellationToken)
    {
        if (_options.Protocol == ReceiverProtocol.Line)
        {
            await new LineConnection(_gate, Counters).RunAsync(stream, idle, cancellationToken).ConfigureAwait(false);
            return;
        }

        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> handle = _options.Protocol == ReceiverProtocol.Pickle
            ? new PickleMessage(_gate, Counters).HandleAsync
            : new ProtobufMessage(_gate, Counters).HandleAsync;
        if (!await FrameConnection.RunAsync(stream, _options.MaxFrame, idle, handle, cancellationToken).ConfigureAwait(false))
        {
            Counters.LongFrame();
        }
    }
}
