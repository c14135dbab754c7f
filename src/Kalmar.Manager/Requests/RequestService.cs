using System.Collections.Concurrent;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.State;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.Requests;

/// <summary>
/// Takes, stores, runs and follows requests. <see cref="StartAsync"/> goes on with what was running when the last process ended, however it
/// ended. Disposing leaves what runs to the next start.
/// </summary>
public sealed partial class RequestService : IRequestService, IAsyncDisposable
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstStorePause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LastStorePause = TimeSpan.FromSeconds(30);

    private readonly StateStore _state;
    private readonly RequestStore _store;
    private readonly AuditLog _audit;
    private readonly ClusterDirectory _clusters;
    private readonly RequestServiceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<RequestId, RunningRequest> _running = new();
    private readonly ConcurrentDictionary<RequestId, KeptOutput> _outputs = new();
    private readonly SemaphoreSlim _room;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncDisposable? _lock;
    private long _ended;

    /// <summary>Makes the service; nothing runs before <see cref="StartAsync"/>.</summary>
    /// <param name="state">Where requests are stored.</param>
    /// <param name="clusters">The watched clusters.</param>
    /// <param name="options">How requests are run.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where what went wrong is told.</param>
    public RequestService(
        StateStore state, ClusterDirectory clusters, RequestServiceOptions options, TimeProvider time, ILogger<RequestService> logger)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _state = state;
        _store = state.Requests;
        _audit = state.AuditWriter;
        _clusters = clusters;
        _options = options;
        _time = time;
        _logger = logger;
        _room = new SemaphoreSlim(options.MaxRunning);
    }

    /// <summary>How many requests have not ended.</summary>
    public int Pending => _running.Count;

    /// <inheritdoc/>
    public long Ended => Interlocked.Read(ref _ended);

    /// <summary>Goes on with every stored request that has not ended. Called once.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="StateStoreException">The store cannot be read, or another process works with it.</exception>
    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        _lock = await _state.LockAsync(LockPatience, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<(UserRequest Request, RequestPlan? Plan)> pending = await _store.PendingAsync(cancellationToken).ConfigureAwait(false);
        foreach ((UserRequest request, RequestPlan? plan) in pending)
        {
            if (plan is null)
            {
                await _store.CompleteAsync(
                    request.Id, "Its stored plan cannot be read by this version; what had been sent may have run", "", AuditOutcome.Unknown, null).ConfigureAwait(false);
                continue;
            }

            Begin(request, plan);
        }

        return pending.Count;
    }

    /// <inheritdoc/>
    public async Task<UserRequest> SubmitAsync(
        ClusterId cluster, RequestPlan plan, RequestActor actor, bool force, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(actor);
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        if (plan.IsEmpty)
        {
            throw new ArgumentException("a plan without steps changes nothing and is not submitted", nameof(plan));
        }

        ClusterMonitor monitor = Find(cluster);
        ClusterContact contact = monitor.Snapshot.Contact;
        if (contact.State != ContactState.Connected)
        {
            throw new RequestRefusedException(
                RefusalReason.Unavailable, "", $"no contact with cluster '{monitor.Snapshot.Name}' ({contact.Detail}); nothing was sent, try again when it is back");
        }

        if (_running.Count >= _options.MaxPending)
        {
            throw new RequestRefusedException(
                RefusalReason.Unavailable, "", $"{_options.MaxPending} requests have not ended yet; wait for some or cancel them");
        }

        if (!force)
        {
            await EnsureSafeAsync(monitor, plan, actor, cancellationToken).ConfigureAwait(false);
        }

        UserRequest request = await _store.InsertAsync(cluster, monitor.Snapshot.Name, plan, actor, cancellationToken).ConfigureAwait(false);
        Begin(request, plan);
        return request;
    }

    /// <inheritdoc/>
    public async Task<DryRun> DryRunAsync(ClusterId cluster, RequestPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ClusterMonitor monitor = Find(cluster);
        IReadOnlyList<SafetyAnswer> safety = await AskAsync(monitor, plan.Questions, cancellationToken).ConfigureAwait(false);
        return new DryRun(
            plan.Headline,
            [.. plan.Steps.Select(s => new DryRunCommand(
                s.Target, plan.IsSensitive ? CommandMask.Mask(s.Command) : s.Command, s.Input.Length, s.Done?.Describe(monitor.Snapshot) ?? ""))],
            plan.Touches,
            safety);
    }

    /// <inheritdoc/>
    public Task<UserRequest?> FindAsync(RequestId id, CancellationToken cancellationToken) => _store.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public Task<(long Count, IReadOnlyList<UserRequest> Requests)> PageAsync(
        RequestFilter filter, int page, int pageSize, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, 1000);
        return _store.PageAsync(filter, page, pageSize, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<UserRequest?> CancelAsync(RequestId id, RequestActor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        RunningRequest? running = _running.GetValueOrDefault(id);
        string status = running?.Run switch
        {
            { IsUnknown: true } run => $"'{run.Current}' was on its way and may still take effect",
            { Sent: > 0 } run => $"'{run.Current}' had been sent; what it did stays",
            not null => "Nothing had been sent",
            null => "",
        };
        UserRequest? ended = await _store.CompleteAsync(
            id, "Cancelled", status, running?.Run.IsUnknown == true ? AuditOutcome.Unknown : AuditOutcome.Succeeded, actor).ConfigureAwait(false);
        if (ended is not null && running is not null)
        {
            await running.CancelAsync().ConfigureAwait(false);
        }

        return ended ?? await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<UserRequest?> WaitAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(id, out RunningRequest? running))
        {
            await running.Ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public RequestAnswer? TakeOutput(RequestId id, RequestActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return _outputs.TryGetValue(id, out KeptOutput? kept)
            && kept.Actor == actor.Name
            && _outputs.TryRemove(new KeyValuePair<RequestId, KeptOutput>(id, kept))
            && _time.GetUtcNow() < kept.Until
            ? kept.Answer
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Values.Select(r => r.Task)).ConfigureAwait(false);
        _outputs.Clear();
        if (_lock is not null)
        {
            await _lock.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
        _room.Dispose();
    }

    private ClusterMonitor Find(ClusterId cluster) => _clusters.FindMonitor(cluster)
        ?? throw new RequestRefusedException(RefusalReason.NotFound, "", $"no cluster {cluster} is watched");

    private void Begin(UserRequest request, RequestPlan plan)
    {
        var running = new RunningRequest(new RequestRun(request, plan, _store, _clusters, _options, _time), _stop.Token);
        _running[request.Id] = running;
        running.Task = RunAsync(request, plan, running);
    }

    private async Task RunAsync(UserRequest request, RequestPlan plan, RunningRequest running)
    {
        await Task.Yield();
        try
        {
            await _room.WaitAsync(running.Token).ConfigureAwait(false);
            try
            {
                await RunUntilStoredAsync(request, plan, running).ConfigureAwait(false);
            }
            finally
            {
                _room.Release();
            }
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            // Cancelled by somebody, who wrote that down, or left to the next start.
        }
        finally
        {
            _running.TryRemove(request.Id, out _);
            running.Ended.TrySetResult();
            running.Dispose();
        }
    }

    /// <summary>Runs the request; when the store fails, goes on where the store says it is, as after a restart, until the end is written down.</summary>
    private async Task RunUntilStoredAsync(UserRequest request, RequestPlan plan, RunningRequest running)
    {
        TimeSpan pause = FirstStorePause;
        while (true)
        {
            try
            {
                await RunToEndAsync(request, plan, running).ConfigureAwait(false);
                return;
            }
            catch (StateStoreException e)
            {
                ManagerLog.RequestNotStored(_logger, request.Id.ToString(), e.Message, pause.TotalSeconds);
            }

            await Task.Delay(pause, _time, running.Token).ConfigureAwait(false);
            pause = pause < LastStorePause ? 2 * pause : LastStorePause;
        }
    }

    private async Task RunToEndAsync(UserRequest request, RequestPlan plan, RunningRequest running)
    {
        try
        {
            string status = await running.Run.RunAsync(running.Token).ConfigureAwait(false);
            NoteEnd(request, running.Run.Answer);
            await _store.CompleteAsync(request.Id, null, status, AuditOutcome.Succeeded, null).ConfigureAwait(false);
        }
        catch (StepFailedException e)
        {
            NoteEnd(request, running.Run.Answer);
            string done = plan.Steps.Count > 1 && running.Run.Sent > 0 ? $"Ended at '{running.Run.Current}'; what was done before stays" : "";
            await _store.CompleteAsync(request.Id, e.Message, done, e.Outcome, null).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not StateStoreException && !(e is OperationCanceledException && running.Token.IsCancellationRequested))
        {
            NoteEnd(request, running.Run.Answer);
            ManagerLog.RequestBroke(_logger, request.Id.ToString(), e);
            await _store.CompleteAsync(
                request.Id, $"Kalmar failed: {e.Message}", running.Run.Sent > 0 ? $"'{running.Run.Current}' had been sent" : "", AuditOutcome.Unknown, null).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that a run is over, and keeps its answer when somebody waits for it. Comes before the end is stored.</summary>
    private void NoteEnd(UserRequest request, RequestAnswer? answer)
    {
        Interlocked.Increment(ref _ended);
        if (answer is null)
        {
            return;
        }

        DateTimeOffset now = _time.GetUtcNow();
        foreach ((RequestId id, KeptOutput kept) in _outputs)
        {
            if (kept.Until <= now)
            {
                _outputs.TryRemove(id, out _);
            }
        }

        if (_outputs.Count < _options.MaxPending)
        {
            _outputs[request.Id] = new KeptOutput(request.Actor.Name, answer, now + _options.OutputLifetime);
        }
    }
}
