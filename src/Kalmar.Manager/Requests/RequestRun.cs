using System.Globalization;
using System.Text;
using System.Text.Json;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests;

/// <summary>
/// One request while it runs: goes through the steps, writes each down before and after, and ends when the map shows the last one. Used by
/// one task.
/// </summary>
internal sealed partial class RequestRun(
    UserRequest request, RequestPlan plan, RequestStore store, ClusterDirectory clusters, RequestServiceOptions options, TimeProvider time)
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);
    private const int Again = -11;

    private string _status = request.Status;
    private long _statusAt;
    private ClusterMonitor _monitor = null!;

    /// <summary>What the last command answered, when the plan keeps it.</summary>
    public RequestAnswer? Answer { get; private set; }

    /// <summary>How many commands have left by now.</summary>
    public int Sent { get; private set; }

    /// <summary>The words of the command that is on its way or was the last one.</summary>
    public string Current { get; private set; } = "";

    /// <summary>True while a command is on its way and its outcome is not known.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>Runs what is left of the request.</summary>
    /// <param name="cancellationToken">Ends it where it stands.</param>
    /// <returns>The final status line.</returns>
    /// <exception cref="StepFailedException">It failed; the message says why.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, StepRecord> records = await store.StepsAsync(request.Id, cancellationToken).ConfigureAwait(false);
        _monitor = await FindMonitorAsync(cancellationToken).ConfigureAwait(false);

        // A step is begun when the ones before it are done. They are not looked at again: a later one may have undone what they waited for.
        for (int i = records.Keys.DefaultIfEmpty(0).Max(); i < plan.Steps.Count; i++)
        {
            await RunStepAsync(i, plan.Steps[i], records.GetValueOrDefault(i), cancellationToken).ConfigureAwait(false);
        }

        if (plan.KeepsOutput && Answer is null)
        {
            return "Done; its output was lost when Kalmar restarted";
        }

        return plan.Steps.Count == 1 ? "Done" : string.Create(CultureInfo.InvariantCulture, $"Done: all {plan.Steps.Count} steps");
    }

    private async Task RunStepAsync(int number, RequestStep step, StepRecord? record, CancellationToken cancellationToken)
    {
        var command = CephCommand.Parse(step.Command);
        Current = command.Prefix;
        var deadline = new Deadline(time, step.Timeout);
        if (record is { Phase: StepRecord.Answered, Result: < 0 and not Again })
        {
            // Kalmar ended between the refusal and the end of the request.
            throw new StepFailedException(AuditOutcome.Failed, Explain(step, command, (int)record.Result, record.Message));
        }

        ulong? version = record is { Phase: StepRecord.Answered or StepRecord.Judged, Result: >= 0 } ? (ulong)record.MapVersion : null;
        bool unknown = record?.Phase == StepRecord.Sending;

        // Kills do not count: only what this process sent in vain.
        int sends = 0;
        while (version is null)
        {
            if (unknown)
            {
                IsUnknown = true;
                version = await JudgeAsync(number, step, command, deadline, cancellationToken).ConfigureAwait(false);
                IsUnknown = version is null;
                if (version is not null)
                {
                    break;
                }
            }

            if (++sends > 1)
            {
                if (deadline.IsOver)
                {
                    throw TimedOut(command, deadline, $"an answer; it was sent {sends - 1} times");
                }

                // Whoever did not answer may be starting again, as a manager does whose modules change: half a second, then twice as long, up to 4 s.
                await Task.Delay(TimeSpan.FromMilliseconds(250 << Math.Min(sends - 1, 4)), time, cancellationToken).ConfigureAwait(false);
            }

            await ShowAsync(number, step, command.Prefix, cancellationToken).ConfigureAwait(false);
            version = await SendAsync(number, step, command, deadline, cancellationToken).ConfigureAwait(false);
            unknown = version is null;
        }

        IsUnknown = false;
        while (!await FollowAsync(number, step, command, version.Value, deadline, cancellationToken).ConfigureAwait(false))
        {
            version = await SendAsync(number, step, command, deadline, cancellationToken).ConfigureAwait(false) ?? version;
            IsUnknown = false;
        }
    }

    /// <summary>Sends the command. Null when nobody knows whether it ran.</summary>
    private async Task<ulong?> SendAsync(
        int number, RequestStep step, CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            RadosCluster cluster = await ContactAsync(command, deadline, cancellationToken).ConfigureAwait(false);
            if (!await store.NoteSendingAsync(request.Id, number, cancellationToken).ConfigureAwait(false))
            {
                throw new OperationCanceledException("the request has ended", cancellationToken);
            }

            CommandResult result;
            IsUnknown = true;
            Sent++;
            try
            {
                using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                Task<CommandResult> answer = CommandTarget.SendAsync(cluster, step.Target, command, step.Input, deadline.Left, watch.Token);
                result = await WatchedAsync(answer, watch, command, cancellationToken).ConfigureAwait(false);
            }
            catch (CephConnectionException e) when (e.NothingSent)
            {
                // Nobody was there to take it, as while one manager follows another: no question of what became of it.
                IsUnknown = false;
                Sent--;
                await store.NoteOutcomeAsync(request.Id, number, StepRecord.Answered, Again, 0, e.Message).ConfigureAwait(false);
                if (deadline.Left <= AskAgain)
                {
                    throw new StepFailedException(AuditOutcome.Failed, $"'{command.Prefix}' could not be sent within {deadline.Seconds} s: {e.Message}", e);
                }

                await ShowAsync(number, step, $"'{command.Prefix}' cannot be sent yet: {e.Message}", cancellationToken).ConfigureAwait(false);
                await Task.Delay(AskAgain, time, cancellationToken).ConfigureAwait(false);
                continue;
            }
            catch (CephConnectionException e)
            {
                if (deadline.IsOver)
                {
                    throw new StepFailedException(
                        AuditOutcome.Unknown,
                        $"'{command.Prefix}' was not answered within {deadline.Seconds} s; nobody knows whether it ran ({e.Message})",
                        e);
                }

                return null;
            }
            catch (CephException e)
            {
                IsUnknown = false;
                throw new StepFailedException(AuditOutcome.Failed, e.Message, e);
            }

            IsUnknown = false;

            // Some of the manager's modules (crash, status) forget the minus of an errno. Nothing of the manager means well by a positive one.
            int outcome = step.Target == "mgr" && result.Result > 0 ? -result.Result : result.Result;
            await store.NoteOutcomeAsync(request.Id, number, StepRecord.Answered, outcome, result.MapVersion, result.Status).ConfigureAwait(false);
            if (plan.KeepsOutput && number == plan.Steps.Count - 1)
            {
                Answer = new RequestAnswer(outcome, result.OutputText, result.Status);
            }

            if (outcome >= 0)
            {
                return result.MapVersion;
            }

            if (outcome != Again || deadline.Left <= AskAgain)
            {
                throw new StepFailedException(AuditOutcome.Failed, Explain(step, command, outcome, result.Status));
            }

            // EAGAIN: it did not run because something else is on its way.
            await Task.Delay(AskAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for an answer, and gives up when the contact stays lost.</summary>
    private async Task<T> WatchedAsync<T>(Task<T> answer, CancellationTokenSource watch, CephCommand command, CancellationToken cancellationToken)
    {
        while (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, Task.Delay(Slice, time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!answer.IsCompleted && LostFor(_monitor.Snapshot) is { } lost)
            {
                await watch.CancelAsync().ConfigureAwait(false);
                await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!answer.IsCompletedSuccessfully)
                {
                    throw new StepFailedException(AuditOutcome.Unknown, $"{Lost(lost)}; whether '{command.Prefix}' ran is not known");
                }
            }
        }

        return await answer.ConfigureAwait(false);
    }

    /// <summary>
    /// Finds out what became of a command that was sent and whose answer never came. The map's version when it ran; null when it did not and may be
    /// sent again.
    /// </summary>
    private async Task<ulong?> JudgeAsync(
        int number, RequestStep step, CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        await ShowAsync($"No answer to '{command.Prefix}': looking whether it ran", cancellationToken).ConfigureAwait(false);
        if (step.Done is not { } done)
        {
            return step.IsRepeatable
                ? null
                : throw new StepFailedException(
                    AuditOutcome.Unknown,
                    $"'{command.Prefix}' was sent and its answer never came; no map shows whether it ran, and it is not sent twice");
        }

        // What the monitors had taken before we lost them takes effect within seconds of their being there again.
        await ContactAsync(command, deadline, cancellationToken).ConfigureAwait(false);
        await CatchUpAsync(step, command, deadline, cancellationToken).ConfigureAwait(false);
        if (!await ShowsSoonAsync(done, command, deadline, cancellationToken).ConfigureAwait(false))
        {
            return step.IsRepeatable
                ? null
                : throw new StepFailedException(
                    AuditOutcome.Unknown,
                    $"'{command.Prefix}' was sent and its answer never came; the map does not show {done.Describe(_monitor.Snapshot)}, and it is not sent twice");
        }

        ulong version = VersionOf(step.Follows, _monitor.Snapshot) ?? 0;
        await store.NoteOutcomeAsync(request.Id, number, StepRecord.Judged, 0, version, "no answer came; the map shows the effect").ConfigureAwait(false);
        return version;
    }

    /// <summary>Waits until our map is as new as the monitors'.</summary>
    private async Task CatchUpAsync(RequestStep step, CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        string? name = step.Follows switch
        {
            FollowedMap.OsdMap => "osdmap",
            FollowedMap.MonMap => "monmap",
            FollowedMap.MgrMap => "mgrmap",
            FollowedMap.FsMap => "fsmap",
            _ => null,
        };
        if (name is null)
        {
            return;
        }

        try
        {
            RadosCluster cluster = await ContactAsync(command, deadline, cancellationToken).ConfigureAwait(false);
            using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<(ulong Newest, ulong Oldest)> answer = cluster.Monitors.GetVersionAsync(name, watch.Token);
            (ulong newest, _) = await WatchedAsync(answer, watch, command, cancellationToken).ConfigureAwait(false);
            await WaitAsync(s => VersionOf(step.Follows, s) >= newest, _ => $"{name} {newest}", command, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (CephConnectionException)
        {
            // The grace that follows is as good, only slower.
        }
    }

    /// <summary>Waits until our own maps show what the command did. False when it has to be sent again.</summary>
    private async Task<bool> FollowAsync(
        int number, RequestStep step, CephCommand command, ulong version, Deadline deadline, CancellationToken cancellationToken)
    {
        if (version > 0 && step.Follows != FollowedMap.None)
        {
            await WaitAsync(
                s => VersionOf(step.Follows, s) >= version,
                s => $"{step.Follows} {version} (have {VersionOf(step.Follows, s)?.ToString(CultureInfo.InvariantCulture) ?? "none"})",
                command,
                deadline,
                cancellationToken).ConfigureAwait(false);
        }

        if (step.Done is { } done && !done.Holds(_monitor.Snapshot))
        {
            await ShowAsync(number, step, $"waiting for {done.Describe(_monitor.Snapshot)}", cancellationToken).ConfigureAwait(false);

            // A change of the monitors' own map takes effect at once, or an election swallowed it although it was answered.
            if (step is { IsRepeatable: true, Follows: FollowedMap.MonMap }
                && !await ShowsSoonAsync(done, command, deadline, cancellationToken).ConfigureAwait(false)
                && !deadline.IsOver)
            {
                return false;
            }

            await WaitAsync(done.Holds, done.Describe, command, deadline, cancellationToken, number, step).ConfigureAwait(false);
        }

        if (step.SettledPool.Length > 0)
        {
            await SettleAsync(number, step, command, deadline, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Waits until the active manager knows every PG of the pool, and none as being created.</summary>
    private async Task SettleAsync(int number, RequestStep step, CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        CephCommand ask = CephCommand.Query("pg ls-by-pool").With("poolstr", step.SettledPool).With("states", ["creating", "unknown"]);
        while (true)
        {
            RadosCluster cluster = await ContactAsync(command, deadline, cancellationToken).ConfigureAwait(false);
            string waiting;
            try
            {
                CommandResult result = await cluster.MgrCommandAsync(ask, default, deadline.Left, cancellationToken).ConfigureAwait(false);
                using JsonDocument answer = result.ToJson();
                int left = CountPgs(answer.RootElement);
                if (left == 0)
                {
                    return;
                }

                waiting = string.Create(CultureInfo.InvariantCulture, $"{left} PGs of pool '{step.SettledPool}' to be created");
            }
            catch (CephException e)
            {
                waiting = $"the manager to tell of the PGs of pool '{step.SettledPool}' ({e.Message})";
            }

            if (deadline.IsOver)
            {
                throw TimedOut(command, deadline, waiting);
            }

            await ShowAsync(number, step, $"waiting for {waiting}", cancellationToken).ConfigureAwait(false);
            await Task.Delay(AskAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static int CountPgs(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => answer.GetArrayLength(),
        JsonValueKind.Object when answer.TryGetProperty("pg_stats", out JsonElement pgs) && pgs.ValueKind == JsonValueKind.Array => pgs.GetArrayLength(),
        _ => 0,
    };

    private static string Explain(RequestStep step, CephCommand command, int result, string status)
    {
        var text = new StringBuilder();
        text.Append(status.Length > 0 ? status : $"'{command.Prefix}' was refused without a reason");
        text.Append(CultureInfo.InvariantCulture, $" (errno {-(long)result})");
        return step.Advice.Length == 0 ? text.ToString() : text.Append("; ").Append(step.Advice).ToString();
    }

    private Task ShowAsync(int number, RequestStep step, string doing, CancellationToken cancellationToken)
    {
        string what = step.Status.Length == 0 ? doing : step.Status == doing || doing == Current ? step.Status : $"{step.Status}, {doing}";
        return ShowAsync(
            plan.Steps.Count == 1 ? what : string.Create(CultureInfo.InvariantCulture, $"Step {number + 1} of {plan.Steps.Count}: {what}"),
            cancellationToken);
    }

    /// <summary>Stores the status line, when it is another one, and not more often than twice a second.</summary>
    private async Task ShowAsync(string status, CancellationToken cancellationToken)
    {
        if (status == _status || (_statusAt != 0 && time.GetElapsedTime(_statusAt) < TimeSpan.FromMilliseconds(500)))
        {
            return;
        }

        _status = status;
        _statusAt = time.GetTimestamp();
        await store.SetStatusAsync(request.Id, status, cancellationToken).ConfigureAwait(false);
    }
}
