using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Aggregation;

/// <summary>
/// carbon-aggregator: gathers the values of series that a rule names, and after each of the rule's intervals passes on one point for
/// each interval that has new values. The buffers are bounded by age (<c>MAX_AGGREGATION_INTERVALS</c>) and by number.
/// </summary>
public sealed class AggregationSink : IPointSink, IAsyncDisposable
{
    private readonly IPointSink _next;
    private readonly AggregationOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Buffer> _buffers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private AggregationRules _rules;
    private long _sent;
    private long _received;
    private long _dropped;

    /// <summary>Makes the stage; it begins at once.</summary>
    public AggregationSink(IPointSink next, AggregationRules rules, AggregationOptions options, TimeProvider? time = null)
    {
        _next = next;
        _rules = rules;
        _options = options;
        _time = time ?? TimeProvider.System;
        _loop = RunAsync();
    }

    /// <summary>Points of aggregates passed on (<c>aggregateDatapointsSent</c>).</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Points that came in (<c>datapointsReceived</c>).</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Values lost because there were too many aggregates.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Aggregates being gathered (<c>allocatedBuffers</c>).</summary>
    public int AllocatedBuffers
    {
        get
        {
            lock (_lock)
            {
                return _buffers.Count;
            }
        }
    }

    /// <summary>Values held (<c>bufferedDatapoints</c>).</summary>
    public int BufferedPoints
    {
        get
        {
            lock (_lock)
            {
                return _buffers.Values.Sum(b => b.Intervals.Values.Sum(i => i.Values.Count));
            }
        }
    }

    /// <summary>Other rules from now on; what was gathered by the old ones is passed on.</summary>
    public void Use(AggregationRules rules)
    {
        lock (_lock)
        {
            _rules = rules;
        }
    }

    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        if (Volatile.Read(ref _rules).Rules.Count == 0)
        {
            return _options.ForwardAll ? _next.Accept(point) : StoreResult.Stored;
        }

        string name = Encoding.UTF8.GetString(point.Name);
        bool same = false;
        if (_options.ForwardAll)
        {
            foreach (AggregationRule rule in Volatile.Read(ref _rules).Rules)
            {
                same |= rule.OutputOf(name) == name;
            }

            StoreResult result = same ? StoreResult.Stored : _next.Accept(point);
            if (result != StoreResult.Stored)
            {
                return result;
            }
        }

        Interlocked.Increment(ref _received);
        lock (_lock)
        {
            foreach (AggregationRule rule in _rules.Rules)
            {
                if (rule.OutputOf(name) is { } output)
                {
                    Gather(output, rule, point.Timestamp, point.Value);
                }
            }
        }

        return StoreResult.Stored;
    }

    /// <inheritdoc/>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken) => _next.WaitForSpaceAsync(cancellationToken);

    /// <summary>Passes on what is due at the present; the loop calls it every second.</summary>
    /// <param name="everything">Also what is not due yet.</param>
    public void Flush(bool everything = false)
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        List<(string Name, long Time, double Value)> due = [];
        lock (_lock)
        {
            foreach ((string name, Buffer buffer) in _buffers)
            {
                if (!everything && now < buffer.Due)
                {
                    continue;
                }

                buffer.Due = now + Math.Min(buffer.Rule.Frequency, _options.WriteBackFrequency ?? int.MaxValue);
                Collect(name, buffer, now, due);
            }

            foreach (string empty in _buffers.Where(b => b.Value.Intervals.Count == 0).Select(b => b.Key).ToArray())
            {
                _buffers.Remove(empty);
            }
        }

        foreach ((string name, long time, double value) in due)
        {
            if (_next.Accept(new IncomingPoint(Encoding.UTF8.GetBytes(name), time, value, default)) == StoreResult.Stored)
            {
                Interlocked.Increment(ref _sent);
            }
            else
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            await _loop.ConfigureAwait(false);
            Flush(everything: true);
            _stop.Dispose();
        }
    }

    private static void Collect(string name, Buffer buffer, long now, List<(string, long, double)> due)
    {
        long oldest = now - (now % buffer.Rule.Frequency) - ((long)buffer.MaxIntervals * buffer.Rule.Frequency);
        foreach ((long start, Interval interval) in buffer.Intervals.ToArray())
        {
            if (interval.Fresh)
            {
                due.Add((name, start, buffer.Rule.Method.Of(interval.Values)));
                interval.Fresh = false;
            }

            if (start < oldest)
            {
                buffer.Intervals.Remove(start);
            }
        }
    }

    private void Gather(string output, AggregationRule rule, long timestamp, double value)
    {
        if (!_buffers.TryGetValue(output, out Buffer? buffer))
        {
            if (_buffers.Count >= _options.MaxBuffers)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            long now = _time.GetUtcNow().ToUnixTimeSeconds();
            buffer = new Buffer(rule, _options.MaxIntervals) { Due = now + Math.Min(rule.Frequency, _options.WriteBackFrequency ?? int.MaxValue) };
            _buffers[output] = buffer;
        }

        long start = timestamp - (timestamp % buffer.Rule.Frequency);
        if (!buffer.Intervals.TryGetValue(start, out Interval? interval))
        {
            buffer.Intervals[start] = interval = new Interval();
        }

        interval.Values.Add(value);
        interval.Fresh = true;
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                Flush();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private sealed class Buffer(AggregationRule rule, int maxIntervals)
    {
        public AggregationRule Rule { get; } = rule;

        public int MaxIntervals { get; } = maxIntervals;

        public Dictionary<long, Interval> Intervals { get; } = [];

        public long Due { get; set; }
    }

    private sealed class Interval
    {
        public List<double> Values { get; } = [];

        public bool Fresh { get; set; }
    }
}
