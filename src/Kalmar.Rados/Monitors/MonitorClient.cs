using Kalmar.Rados.Maps;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Rados.Monitors;

/// <summary>
/// A client of a cluster's monitors that stays in session with one of them: hunts for another one when that one is lost, keeps its global
/// id and its subscriptions over that, runs commands and holds the tickets for the other daemons. Thread-safe.
/// </summary>
public sealed partial class MonitorClient : IAsyncDisposable
{
    private readonly MonitorClientOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _room;
    private readonly SemaphoreSlim _authenticating = new(1);
    private Task? _running;
    private TaskCompletionSource _ready = NewReady();
    private MonitorSession? _session;
    private MonMap? _monMap;
    private MonitorClientState _state = MonitorClientState.Idle;
    private DateTimeOffset _since;
    private Exception? _lastError;
    private long _sessions;

    /// <summary>Prepares a client; nothing is connected yet.</summary>
    /// <param name="options">How to reach the monitors.</param>
    /// <exception cref="ArgumentException">No monitor is named.</exception>
    public MonitorClient(MonitorClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Monitors.Count == 0)
        {
            throw new ArgumentException("at least one monitor's address is needed", nameof(options));
        }

        _options = options;
        _time = options.TimeProvider;
        _since = _time.GetUtcNow();
        _room = new SemaphoreSlim(options.MaxCommands);
        Tickets = new CephxTicketStore(_time);
    }

    /// <summary>Who we are.</summary>
    public EntityName Name => _options.Name;

    /// <summary>How it was made.</summary>
    public MonitorClientOptions Options => _options;

    /// <summary>The tickets and the global id; empty without cephx.</summary>
    public CephxTicketStore Tickets { get; }

    /// <summary>Our global id; 0 before the first session.</summary>
    public ulong GlobalId => Volatile.Read(ref _globalId);

    /// <summary>The cluster; empty before the first session when the options do not name it.</summary>
    public Guid Fsid
    {
        get
        {
            lock (_lock)
            {
                return _monMap?.Fsid ?? _options.Fsid ?? Guid.Empty;
            }
        }
    }

    /// <summary>The newest map of the monitors; null before the first session.</summary>
    public MonMap? MonMap
    {
        get
        {
            lock (_lock)
            {
                return _monMap;
            }
        }
    }

    /// <summary>What the client is doing.</summary>
    public MonitorClientStatus Status
    {
        get
        {
            lock (_lock)
            {
                MonitorSession? session = _state == MonitorClientState.Connected ? _session : null;
                return new MonitorClientStatus(
                    _state,
                    _since,
                    session is null ? null : NameOf(session.Address) ?? session.Address.ToString(),
                    session?.Address,
                    session?.Connection.SinceLastReceived,
                    session?.Connection.SinceLastKeepaliveAck,
                    _lastError,
                    _sessions);
            }
        }
    }

    /// <summary>
    /// Starts the client if it was not started yet, and waits until it is in session with a monitor. When this fails the client goes on
    /// trying in the background until it is disposed of.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="CephAuthenticationException">The monitors refuse who we say we are.</exception>
    /// <exception cref="CephConnectionException">No monitor in quorum could be reached in time.</exception>
    /// <exception cref="CephServerException">The monitors belong to another cluster than the options name.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        Start();
        Task ready;
        lock (_lock)
        {
            ready = _ready.Task;
        }

        try
        {
            await ready.WaitAsync(_options.ConnectTimeout, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Exception? last = Status.LastError;
            throw new CephConnectionException(
                $"no monitor could be reached within {_options.ConnectTimeout.TotalSeconds:0} s: {last?.Message ?? "no answer"}", last);
        }
    }

    /// <summary>Sends a message that has no answer to the monitor in session.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up waiting for room in the queue.</param>
    /// <exception cref="CephConnectionException">There is no session.</exception>
    public ValueTask SendAsync(IMessage message, CancellationToken cancellationToken = default)
    {
        MonitorSession? session;
        lock (_lock)
        {
            session = _state == MonitorClientState.Connected ? _session : null;
        }

        return session?.Connection.SendAsync(message, 0, cancellationToken)
            ?? throw new CephConnectionException($"no monitor in session: {Status.LastError?.Message ?? "not connected yet"}");
    }

    /// <summary>Ends the session and everything that waits.</summary>
    public async ValueTask DisposeAsync()
    {
        Task? running;
        lock (_lock)
        {
            if (_state == MonitorClientState.Closed)
            {
                return;
            }

            _state = MonitorClientState.Closed;
            _since = _time.GetUtcNow();
            running = _running;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        if (running is not null)
        {
            await running.ConfigureAwait(false);
        }

        CloseRequests();
        CloseSubscriptions();
        Fail(new CephConnectionException("the monitor client was closed"));
        _options.StatusChanged?.Invoke(Status);
    }

    private string? NameOf(EntityAddress address) =>
        _monMap?.Monitors.Values.FirstOrDefault(m => m.Addresses.Addresses.Contains(address))?.Name;

    private static TaskCompletionSource NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Start()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_state == MonitorClientState.Closed, this);
            _running ??= RunAsync(_stopping.Token);
        }
    }

    private void Enter(MonitorClientState state)
    {
        lock (_lock)
        {
            if (_state == state || _state == MonitorClientState.Closed)
            {
                return;
            }

            _state = state;
            _since = _time.GetUtcNow();
            if (state == MonitorClientState.Connected)
            {
                _sessions++;
                _ready.TrySetResult();
            }
            else if (_ready.Task.IsCompletedSuccessfully)
            {
                _ready = NewReady();
            }
        }

        _options.StatusChanged?.Invoke(Status);
    }

    /// <summary>Tells who waits for the session that it will not come by itself.</summary>
    private void Fail(Exception exception)
    {
        lock (_lock)
        {
            if (_ready.TrySetException(exception))
            {
                // Perhaps nobody waits: then nobody looks at the exception either, and that is fine.
                _ = _ready.Task.Exception;
                _ready = NewReady();
            }
        }
    }
}
