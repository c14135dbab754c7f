namespace Kalmar.Carbon.Relays;

/// <summary>
/// Empties the queue of one destination in a loop of its own. Disposing lets the loop send what waits, for as long as the options allow;
/// the rest is kept.
/// </summary>
/// <param name="queue">The queue; disposed with the sender.</param>
/// <param name="options">How long to wait for what.</param>
/// <param name="time">The clock.</param>
internal abstract class DestinationSender(DestinationQueue queue, RelayOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private volatile bool _draining;

    /// <summary>Why nothing can be sent now; null while all is well.</summary>
    public string? Trouble { get; protected set; }

    /// <summary>What is to be sent.</summary>
    protected DestinationQueue Queue { get; } = queue;

    /// <summary>How long to wait for what.</summary>
    protected RelayOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>The loop is to end as soon as the queue is empty, and not to wait for a destination that is away.</summary>
    protected bool Draining => _draining;

    /// <summary>The loop is to end now.</summary>
    protected CancellationToken Stop => _stop.Token;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _draining = true;
        await Task.WhenAny(_loop, Task.Delay(Options.ShutdownTimeout, Time)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        Queue.Keep();
        Queue.Dispose();
        Release();
        _stop.Dispose();
    }

    /// <summary>Sets the loop going; the last step of a constructor.</summary>
    protected void Start() => _loop = Task.Run(RunAsync);

    /// <summary>The loop: sends until it is to end, and then ends without an exception.</summary>
    protected abstract Task RunAsync();

    /// <summary>Frees what the loop used.</summary>
    protected virtual void Release()
    {
    }
}
