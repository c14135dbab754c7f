namespace Kalmar.Manager.Requests;

/// <summary>A request that this process runs.</summary>
internal sealed class RunningRequest : IDisposable
{
    private readonly CancellationTokenSource _cancel;

    /// <summary>Makes one that also ends with the service.</summary>
    public RunningRequest(RequestRun run, CancellationToken stop)
    {
        Run = run;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>The steps.</summary>
    public RequestRun Run { get; }

    /// <summary>Ends the run.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>Completed when the request is, or when the service stops.</summary>
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The task that runs it.</summary>
    public Task Task { get; set; } = Task.CompletedTask;

    /// <summary>Ends the run where it stands.</summary>
    public Task CancelAsync() => _cancel.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();
}
