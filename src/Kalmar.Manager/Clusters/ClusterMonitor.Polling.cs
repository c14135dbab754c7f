using Kalmar.Collectors;
using Kalmar.Collectors.Clusters;
using Kalmar.Manager.Clusters.Answers;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <content>What has to be asked for: health, PG states, use, metadata.</content>
public sealed partial class ClusterMonitor
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    private static readonly string[] MetadataTypes = ["mon", "mgr", "osd", "mds"];

    private async Task PollAsync(
        RadosCluster cluster, TimeSpan interval, Func<RadosCluster, CancellationToken, Task> ask, SemaphoreSlim? earlier, CancellationToken stop)
    {
        while (true)
        {
            long start = _time.GetTimestamp();
            await ask(cluster, stop).ConfigureAwait(false);
            TimeSpan rest = interval - _time.GetElapsedTime(start);
            rest = rest > TimeSpan.FromMilliseconds(100) ? rest : TimeSpan.FromMilliseconds(100);
            if (earlier is null)
            {
                await Task.Delay(rest, _time, stop).ConfigureAwait(false);
            }
            else
            {
                await WaitEarlierAsync(earlier, rest, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits, but not longer than until somebody wants the answer earlier; several wishes count as one, and a burst is let pass.</summary>
    private async Task WaitEarlierAsync(SemaphoreSlim earlier, TimeSpan rest, CancellationToken stop)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var due = new CancellationTokenSource(rest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, due.Token);
        try
        {
            await earlier.WaitAsync(either.Token).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromSeconds(1), _time, stop).ConfigureAwait(false);
            while (earlier.Wait(0, stop))
            {
                // Drain.
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The interval is over.
        }
    }

    private async Task AskStatusAsync(RadosCluster cluster, CancellationToken stop)
    {
        TimeSpan stale = (_options.StatusInterval * 3) + TimeSpan.FromSeconds(2);
        Task status = AskMonAsync(cluster, CephCommand.Query("status"), "cluster status", "mon 'allow r'", (answer, now, source) =>
        {
            StatusAnswer value = CephAnswer.Status(answer);
            Update(s => s with
            {
                Pgs = new(value.Pgs, null, now, source, stale),
                Io = new(value.Io, null, now, source, stale),
                Capacity = s.Capacity is { Value.ByClass.Count: > 0 } known
                    ? known with { Value = value.Capacity with { ByClass = known.Value.ByClass }, Received = now, Source = source, StaleAfter = stale }
                    : new(value.Capacity, null, now, source, stale),
            });
        }, stop);
        Task health = AskMonAsync(cluster, CephCommand.Query("health").With("detail", "detail"), "health", "mon 'allow r'", (answer, now, source) =>
        {
            HealthReport value = CephAnswer.Health(answer);
            Update(s => s with { Health = new(value, null, now, source, stale) });
        }, stop);
        Task quorum = AskMonAsync(cluster, CephCommand.Query("quorum_status"), "quorum", "mon 'allow r'", (answer, now, source) =>
        {
            QuorumStatus value = CephAnswer.Quorum(answer);
            Update(s => s with
            {
                Quorum = new(value, null, now, source, stale),
                LastWord = With(s.LastWord, value.Names.Select(n => new DaemonName("mon", n)), now),
            });
        }, stop);
        await Task.WhenAll(status, health, quorum).ConfigureAwait(false);
    }

    private async Task AskUsageAsync(RadosCluster cluster, CancellationToken stop)
    {
        TimeSpan stale = (_options.UsageInterval * 3) + TimeSpan.FromSeconds(2);
        Task df = AskMonAsync(cluster, CephCommand.Query("df").With("detail", "detail"), "use of pools", "mon 'allow r'", (answer, now, source) =>
        {
            DfAnswer value = CephAnswer.Df(answer);
            Update(s => s with
            {
                Capacity = new(value.Capacity, null, now, source, stale),
                PoolUsage = new(value.Pools, null, now, source, stale),
            });
        }, stop);
        Task osds = AskMgrAsync(cluster, CephCommand.Query("pg dump").With("dumpcontents", ["osds", "pools"]), "use of each OSD, I/O of each pool", "mgr 'allow r'", (answer, now, source) =>
        {
            IReadOnlyDictionary<OsdId, OsdUsage> value = CephAnswer.OsdStats(answer);
            IReadOnlyList<PoolReading> pools = ClusterJson.Pools(answer);
            Update(s =>
            {
                IEnumerable<DaemonName> spoke = value.Values
                    .Where(o => s.OsdUsage is null || !s.OsdUsage.Value.TryGetValue(o.Id, out OsdUsage? before) || before.Sequence != o.Sequence)
                    .Select(o => DaemonName.Of(o.Id));
                return s with
                {
                    OsdUsage = new(value, null, now, source, stale),
                    PoolCounters = new(pools, null, now, source, stale),
                    LastWord = With(s.LastWord, spoke, now),
                };
            });
        }, stop);
        await Task.WhenAll(df, osds).ConfigureAwait(false);
    }

    private async Task AskMetadataAsync(RadosCluster cluster, CancellationToken stop)
    {
        TimeSpan stale = (_options.MetadataInterval * 3) + TimeSpan.FromSeconds(2);
        await Task.WhenAll(MetadataTypes.Select(type => AskMonAsync(
            cluster, CephCommand.Query($"{type} metadata"), $"hosts and versions of {type}s", "mon 'allow r'", (answer, now, source) =>
            {
                IReadOnlyList<DaemonMetadata> value = CephAnswer.Metadata(type, answer);
                Update(s =>
                {
                    IEnumerable<DaemonMetadata> others = s.Metadata?.Value.Values.Where(d => d.Name.Type != type) ?? [];
                    Dictionary<DaemonName, DaemonMetadata> all = others.Concat(value).DistinctBy(d => d.Name).ToDictionary(d => d.Name);
                    return s with { Metadata = new(Kept(s.Metadata?.Value, all), null, now, source, stale) };
                });
            },
            stop))).ConfigureAwait(false);
    }

    /// <summary>What was known before as long as it is true: whoever made something of it sees by the reference that it still holds.</summary>
    private static IReadOnlyDictionary<DaemonName, DaemonMetadata> Kept(
        IReadOnlyDictionary<DaemonName, DaemonMetadata>? before, Dictionary<DaemonName, DaemonMetadata> now)
    {
        if (before is null)
        {
            return now;
        }

        bool isSame = before.Count == now.Count;
        foreach ((DaemonName name, DaemonMetadata known) in before)
        {
            if (now.TryGetValue(name, out DaemonMetadata? told) && told.SaysTheSame(known))
            {
                now[name] = known;
            }
            else
            {
                isSame = false;
            }
        }

        return isSame ? before : now;
    }

    private async Task AskMonAsync(
        RadosCluster cluster,
        CephCommand command,
        string what,
        string needs,
        Action<ReadOnlyMemory<byte>, DateTimeOffset, string> take,
        CancellationToken stop)
    {
        Asked();
        bool answered = await AskAsync(
            command, what, needs, t => cluster.Monitors.CommandAsync(command, default, CommandTimeout, t), () => Source(cluster, command.Prefix), take, stop)
            .ConfigureAwait(false);
        if (answered)
        {
            Answered(cluster);
        }
    }

    private async Task AskMgrAsync(
        RadosCluster cluster,
        CephCommand command,
        string what,
        string needs,
        Action<ReadOnlyMemory<byte>, DateTimeOffset, string> take,
        CancellationToken stop)
    {
        string mgr = Snapshot.MgrMap?.Value.ActiveName ?? "";
        bool answered = await AskAsync(
            command, what, needs, t => cluster.MgrCommandAsync(command, default, CommandTimeout, t), () => $"mgr.{mgr} {command.Prefix}", take, stop)
            .ConfigureAwait(false);
        if (answered && mgr.Length > 0)
        {
            Heard(new DaemonName("mgr", mgr));
        }
    }

    /// <summary>Asks once. True when there was an answer, be it a no.</summary>
    private async Task<bool> AskAsync(
        CephCommand command,
        string what,
        string needs,
        Func<CancellationToken, Task<CommandResult>> ask,
        Func<string> source,
        Action<ReadOnlyMemory<byte>, DateTimeOffset, string> take,
        CancellationToken stop)
    {
        try
        {
            CommandResult result = await ask(stop).ConfigureAwait(false);
            if (result.Result is -13 or -1)
            {
                NoteMissing(new MissingPrivilege(what, needs, result.Status));
                return true;
            }

            take(result.EnsureSuccess().Output, _time.GetUtcNow(), source());
            NoteAllowed(what);
            return true;
        }
        catch (CephAuthenticationException e)
        {
            NoteMissing(new MissingPrivilege(what, needs, e.Message));
            return false;
        }
        catch (CollectorException e)
        {
            ManagerLog.AnswerRefused(_logger, _options.Name, what, e.Message);
            return true;
        }
        catch (CephException e)
        {
            ManagerLog.CommandFailed(_logger, _options.Name, command.Prefix, e.Message);
            return e is CephServerException or CephProtocolException;
        }
    }

    /// <summary>Puts what a key does not let us see into the snapshot, once for each kind.</summary>
    internal void NoteMissing(MissingPrivilege missing) => Update(s => s.Missing.Any(m => m.What == missing.What)
        ? s
        : s with { Missing = [.. s.Missing, missing] });

    /// <summary>Takes it out again: somebody widened the caps.</summary>
    internal void NoteAllowed(string what) => Update(s => s.Missing.Any(m => m.What == what)
        ? s with { Missing = [.. s.Missing.Where(m => m.What != what)] }
        : s);
}
