using Kalmar.Wire;

namespace Kalmar.Collectors.Daemons;

/// <summary>One incarnation of one daemon, as the collector sees it: its schema, its last dump, how it has been answering.</summary>
internal sealed class PolledDaemon(DaemonTarget target, string branch, IDaemonCommands commands, DaemonPerfOptions options, TimeProvider timeProvider)
{
    private PerfCounterFlattener? _flattener;
    private bool _schemaIsOld;
    private long _schemaRead;
    private long _failedAt;
    private volatile DaemonPerfState _state = new(target.Name);

    public DaemonTarget Target { get; } = target;

    public DaemonPerfState State => _state;

    /// <summary>False while a daemon that doesn't answer is left alone.</summary>
    public bool IsDue(long timestamp)
    {
        int failures = _state.FailuresInRow;
        if (failures == 0)
        {
            return true;
        }

        // The first failure costs no turn; half an interval of slack, because turns don't come at the exact tick.
        double turns = Math.Pow(2, Math.Min(failures, 20) - 1) - 0.5;
        double wait = Math.Min(options.Interval.TotalSeconds * turns, options.MaxBackoff.TotalSeconds);
        return timeProvider.GetElapsedTime(_failedAt, timestamp).TotalSeconds >= wait;
    }

    public async Task PollAsync(DateTimeOffset time, IMetricSink sink, CancellationToken cancellationToken)
    {
        long start = timeProvider.GetTimestamp();
        using CancellationTokenSource timeout = new(options.DaemonTimeout, timeProvider);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            PerfFlattenResult result = await PollGuardedAsync(time, sink, linked.Token).ConfigureAwait(false);
            _state = _state with
            {
                LastSuccess = time,
                LastError = null,
                FailuresInRow = 0,
                LastDuration = timeProvider.GetElapsedTime(start),
                LastPoints = result.Points,
                Unknown = result.Unknown,
                Mismatched = result.Mismatched,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Fail($"{Target.Name}: no answer within {options.DaemonTimeout.TotalSeconds:0.#} s");
        }
        catch (CollectorException e)
        {
            Fail(e.Message);
        }
        catch (CephException e)
        {
            Fail($"{Target.Name}: {e.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The commands behind the interface may throw whatever they like; it stays this daemon's error.
            Fail($"{Target.Name}: {e.GetType().Name}: {e.Message}");
        }
    }

    private async Task<PerfFlattenResult> PollGuardedAsync(DateTimeOffset time, IMetricSink sink, CancellationToken cancellationToken)
    {
        PerfCounterFlattener flattener = await FlattenerAsync(cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> dump = await commands.ExecuteAsync(Target, "perf dump", cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        PerfFlattenResult result = flattener.Flatten(dump.Span, timeProvider.GetTimestamp(), time, sink);
        _schemaIsOld = result.Unknown > 0 && timeProvider.GetElapsedTime(_schemaRead) >= options.SchemaInterval;
        return result;
    }

    private async Task<PerfCounterFlattener> FlattenerAsync(CancellationToken cancellationToken)
    {
        if (_flattener is { } ready && !_schemaIsOld)
        {
            return ready;
        }

        ReadOnlyMemory<byte> json = await commands.ExecuteAsync(Target, "perf schema", cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        PerfCounterSchema schema = PerfCounterSchema.Parse(json.Span, Target.Name, options.Counters);
        _schemaRead = timeProvider.GetTimestamp();
        _schemaIsOld = false;
        if (_flattener is null)
        {
            _flattener = new PerfCounterFlattener(branch, Target.Name, schema, timeProvider, options.Counters);
        }
        else
        {
            _flattener.UseSchema(schema);
        }

        return _flattener;
    }

    private void Fail(string error)
    {
        _failedAt = timeProvider.GetTimestamp();
        _state = _state with { LastError = error, FailuresInRow = _state.FailuresInRow + 1 };
    }
}
