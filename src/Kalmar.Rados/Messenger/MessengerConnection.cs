using System.Threading.Channels;
using Kalmar.Wire;
using Kalmar.Wire.Frames;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Messenger;

/// <summary>
/// A session with one peer over messenger 2.1, from either end: made by <see cref="ConnectAsync"/> or by a <see cref="MessengerListener"/>.
/// Sessions are lossy: what was sent before a loss may have arrived or not. Sending is thread-safe.
/// </summary>
public sealed partial class MessengerConnection : IAsyncDisposable
{
    private static ulong _globalSequence;

    private readonly FrameTransport _transport;
    private readonly MessengerOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<RawMessage> _messages;
    private readonly Channel<Frame> _control;
    private readonly Channel<object> _wake;
    private readonly TaskCompletionSource<ConnectionEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private ConnectionEnd? _end;
    private IConnectionHandler? _handler;
    private long _lastReceived;
    private long _lastKeepaliveAck;
    private ulong _inSequence;
    private ulong _outSequence;

    internal MessengerConnection(FrameTransport transport, ConnectionPeer peer, MessengerOptions options)
    {
        _transport = transport;
        _options = options;
        _time = options.TimeProvider;
        Peer = peer;
        _messages = Channel.CreateBounded<RawMessage>(new BoundedChannelOptions(options.OutgoingQueueLength) { SingleReader = true });

        // Keepalives and their answers: when a peer asks faster than it reads, its oldest questions are the ones to leave unanswered.
        _control = Channel.CreateBounded<Frame>(new BoundedChannelOptions(16) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
        _wake = Channel.CreateBounded<object>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
        _lastReceived = _lastKeepaliveAck = _time.GetTimestamp();
    }

    /// <summary>Who is at the other end.</summary>
    public ConnectionPeer Peer { get; }

    /// <summary>Finishes when the connection has ended and everything of it is gone. Never fails.</summary>
    public Task<ConnectionEnd> Completion => _completion.Task;

    /// <summary>Why the connection ended; null while it lives.</summary>
    public ConnectionEnd? End
    {
        get
        {
            lock (_lock)
            {
                return _end;
            }
        }
    }

    /// <summary>How long ago anything arrived.</summary>
    public TimeSpan SinceLastReceived => _time.GetElapsedTime(Volatile.Read(ref _lastReceived));

    /// <summary>How long ago the peer last answered a keepalive; counted from the start when it has not yet.</summary>
    public TimeSpan SinceLastKeepaliveAck => _time.GetElapsedTime(Volatile.Read(ref _lastKeepaliveAck));

    /// <summary>Starts to send and receive. To be called once; without it a connection does nothing.</summary>
    /// <param name="handler">Who gets the messages.</param>
    public void Start(IConnectionHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        lock (_lock)
        {
            if (_handler is not null)
            {
                throw new InvalidOperationException("the connection was started before");
            }

            _handler = handler;
        }

        _ = RunAsync(handler);
    }

    /// <summary>Queues a message; waits while the queue is full.</summary>
    /// <param name="message">What to send. Its data must not change before it is on the wire.</param>
    /// <param name="transaction">The number that the answer will bear; 0 when none is expected.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephConnectionException">The connection has ended.</exception>
    public async ValueTask SendAsync(IMessage message, ulong transaction = 0, CancellationToken cancellationToken = default)
    {
        try
        {
            await _messages.Writer.WriteAsync(AsRaw(message, transaction), cancellationToken).ConfigureAwait(false);
            _wake.Writer.TryWrite(_wake);
        }
        catch (ChannelClosedException)
        {
            throw Ended();
        }
    }

    /// <summary>Queues a message if there is room.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="transaction">The number that the answer will bear; 0 when none is expected.</param>
    /// <returns>False when the queue is full or the connection has ended.</returns>
    public bool TrySend(IMessage message, ulong transaction = 0)
    {
        bool queued = _messages.Writer.TryWrite(AsRaw(message, transaction));
        _wake.Writer.TryWrite(_wake);
        return queued;
    }

    /// <summary>Ends the connection without waiting; from anywhere, the handler included.</summary>
    /// <param name="description">Why, for <see cref="End"/>.</param>
    public void Close(string description = "closed here") => Finish(new ConnectionEnd(ConnectionEndReason.ClosedHere, description));

    /// <summary>Ends the connection and waits until everything of it is gone. Not from the handler.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        bool started;
        lock (_lock)
        {
            started = _handler is not null;
        }

        if (started)
        {
            await Completion.ConfigureAwait(false);
        }
        else
        {
            Release();
        }
    }

    internal static ulong NextGlobalSequence() => Interlocked.Increment(ref _globalSequence);

    private static RawMessage AsRaw(IMessage message, ulong transaction) => message is RawMessage raw
        ? raw with { Header = raw.Header with { Transaction = transaction } }
        : RawMessage.Of(message, transaction);

    private CephConnectionException Ended() => new($"{Peer}: {End?.Description ?? "closed"}", End?.Exception);

    /// <summary>The first reason wins; everything that is under way is told to stop.</summary>
    private void Finish(ConnectionEnd end)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                return;
            }

            _end = end;
        }

        _messages.Writer.TryComplete();
        _ending.Cancel();
        _transport.Close();
    }

    private void Release()
    {
        _transport.Dispose();
        _completion.TrySetResult(End!);
    }
}
