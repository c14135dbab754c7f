using Kalmar.Wire;

namespace Kalmar.Collectors.Daemons;

/// <summary>
/// Asks every daemon of a cluster for its perf counters and publishes them as <c>BRANCH.TYPE.ID.SECTION.COUNTER</c>. A few daemons at a
/// time; one that doesn't answer costs its own timeout and then, from turn to turn, less and less. The schema is asked for once for each
/// incarnation of a daemon, and again when a dump has counters that it lacks.
/// </summary>
/// <param name="directory">Which daemons there are.</param>
/// <param name="commands">How to ask them.</param>
/// <param name="branch">Where the cluster's series are: <c>ceph.cluster.FSID</c>, see <see cref="MetricNames.ClusterBranch"/>.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="options">How to ask; null means the defaults.</param>
public sealed class DaemonPerfCollector(
    IDaemonDirectory directory,
    IDaemonCommands commands,
    string branch,
    TimeProvider timeProvider,
    DaemonPerfOptions? options = null) : ICollector
{
    private const int NamedInError = 5;
    private readonly DaemonPerfOptions _options = options ?? new DaemonPerfOptions();
    private readonly Dictionary<string, PolledDaemon> _daemons = new(StringComparer.Ordinal);
    private volatile PolledDaemon[] _current = [];

    /// <inheritdoc/>
    public string Name => "daemons";

    /// <inheritdoc/>
    public TimeSpan Interval => _options.Interval;

    /// <summary>How each daemon has been answering. Thread-safe.</summary>
    public IReadOnlyList<DaemonPerfState> Daemons => [.. _current.Select(daemon => daemon.State)];

    /// <inheritdoc/>
    public async Task CollectAsync(IMetricSink sink, DateTimeOffset time, CancellationToken cancellationToken)
    {
        PolledDaemon[] daemons = Update();
        long now = timeProvider.GetTimestamp();
        // Those that answered the last time come first: the dead ones' timeouts then delay nobody.
        PolledDaemon[] due = [.. daemons.Where(daemon => daemon.IsDue(now)).OrderBy(daemon => daemon.State.FailuresInRow)];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, parallel, async (daemon, token) => await daemon.PollAsync(time, sink, token).ConfigureAwait(false)).ConfigureAwait(false);
        string[] errors = [.. daemons.Select(daemon => daemon.State.LastError).OfType<string>()];
        if (errors.Length > 0)
        {
            string more = errors.Length > NamedInError ? $"; and {errors.Length - NamedInError} more" : "";
            throw new CollectorException($"{errors.Length} of {daemons.Length} daemons gave no counters: {string.Join("; ", errors.Take(NamedInError))}{more}");
        }
    }

    private PolledDaemon[] Update()
    {
        HashSet<string> present = new(StringComparer.Ordinal);
        foreach (DaemonTarget target in directory.Daemons)
        {
            if (present.Add(target.Name) && (!_daemons.TryGetValue(target.Name, out PolledDaemon? known) || known.Target != target))
            {
                string own = $"{branch}.{target.Type.ToWireName()}.{MetricNames.Clean(target.Id)}";
                _daemons[target.Name] = new PolledDaemon(target, own, commands, _options, timeProvider);
            }
        }

        foreach (string gone in _daemons.Keys.Where(name => !present.Contains(name)).ToArray())
        {
            _daemons.Remove(gone);
        }

        return _current = [.. _daemons.Values.OrderBy(daemon => daemon.Target.Type).ThenBy(daemon => daemon.Target.Id, StringComparer.Ordinal)];
    }
}
