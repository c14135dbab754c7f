using System.Runtime.CompilerServices;
using System.Text;
using Kalmar.Carbon.Pipeline;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Cache;

/// <summary>
/// Points on their way to their files: bounded, in memory, seen by queries until they are written. Thread-safe. A point costs no
/// allocation; of two points of one series with the same time the later one counts.
/// </summary>
public sealed class MetricCache : IPointSink
{
    private const int ShardBits = 4;

    private readonly CacheShard[] _shards = [.. Enumerable.Range(0, 1 << ShardBits).Select(_ => new CacheShard())];
    private readonly Lock _spaceLock = new();
    private TaskCompletionSource? _space;
    private long _size;
    private long _overflow;
    private long _badNames;
    private long _tooManyMetrics;
    private long _badValues;
    private long _badTimestamps;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="capacity">The most points to hold (<c>MAX_CACHE_SIZE</c>).</param>
    /// <param name="maxMetrics">The most series to know at a time; a name is about a hundred bytes.</param>
    public MetricCache(long capacity = 10_000_000, int maxMetrics = 20_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMetrics);
        Capacity = capacity;
        LowWatermark = capacity - Math.Max(1, capacity / 20);
        MaxMetrics = maxMetrics;
    }

    /// <summary>The most points that it holds.</summary>
    public long Capacity { get; }

    /// <summary>Once full, it takes points again below this: 95 of 100, as Carbon has it.</summary>
    public long LowWatermark { get; }

    /// <summary>The most series that it knows at a time.</summary>
    public int MaxMetrics { get; }

    /// <summary>Points waiting (<c>cache.size</c>).</summary>
    public long Size => Interlocked.Read(ref _size);

    /// <summary>Series with points waiting (<c>cache.queues</c>).</summary>
    public int Queues => _shards.Sum(s => s.Waiting);

    /// <summary>Series known.</summary>
    public int Metrics => _shards.Sum(s => s.Count);

    /// <summary>Whether it has no space now.</summary>
    public bool IsFull => Size >= Capacity;

    /// <summary>Points taken since the start (<c>metricsReceived</c>).</summary>
    public long Accepted => _shards.Sum(s => s.Accepted);

    /// <summary>Offers that found it full (<c>cache.overflow</c>); a receiver that waits and offers again loses nothing by it.</summary>
    public long Overflow => Interlocked.Read(ref _overflow);

    /// <summary>Points refused for their name.</summary>
    public long BadNames => Interlocked.Read(ref _badNames);

    /// <summary>Points refused for their value.</summary>
    public long BadValues => Interlocked.Read(ref _badValues);

    /// <summary>Points refused for their time.</summary>
    public long BadTimestamps => Interlocked.Read(ref _badTimestamps);

    /// <summary>Points refused because their series would have been one too many.</summary>
    public long TooManyMetrics => Interlocked.Read(ref _tooManyMetrics);

    internal IReadOnlyList<CacheShard> Shards => _shards;

    /// <summary>Called when a point comes into an empty cache, by whoever brings it, so be quick.</summary>
    internal Action? OnFirstPoint { get; set; }

    /// <summary>Takes a point.</summary>
    /// <param name="metric">The name, in any spelling that <see cref="MetricName"/> takes.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="value">The value.</param>
    public StoreResult Store(string metric, long timestamp, double value)
    {
        ArgumentNullException.ThrowIfNull(metric);
        Span<byte> name = stackalloc byte[MetricName.MaxLength];
        if (!Encoding.UTF8.TryGetBytes(metric, name, out int length))
        {
            Interlocked.Increment(ref _badNames);
            return StoreResult.BadName;
        }

        return Store(name[..length], timestamp, value);
    }

    /// <summary>Takes a point whose name is UTF-8; allocates nothing for a series that is known.</summary>
    /// <param name="metric">The name, in any spelling that <see cref="MetricName"/> takes.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StoreResult Store(ReadOnlySpan<byte> metric, long timestamp, double value)
    {
        if (!double.IsFinite(value))
        {
            Interlocked.Increment(ref _badValues);
            return StoreResult.BadValue;
        }

        if (timestamp is < 0 or > uint.MaxValue)
        {
            Interlocked.Increment(ref _badTimestamps);
            return StoreResult.BadTimestamp;
        }

        if (Interlocked.Read(ref _size) >= Capacity)
        {
            Interlocked.Increment(ref _overflow);
            return StoreResult.Full;
        }

        ulong hash = NameHash.Of(metric);
        if (!ShardOf(hash).TryAppend(hash, metric, (uint)timestamp, value, out bool added))
        {
            StoreResult result = StoreNew(metric, (uint)timestamp, value, out added);
            if (result != StoreResult.Stored)
            {
                return result;
            }
        }

        if (added && Interlocked.Increment(ref _size) == 1)
        {
            OnFirstPoint?.Invoke();
        }

        return StoreResult.Stored;
    }

    /// <summary>The waiting points of a series by time, those being written at this moment included; empty when there are none.</summary>
    public WhisperPoint[] GetPoints(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return MetricName.Normalize(metric, out _) is { } name ? GetPoints(Encoding.UTF8.GetBytes(name)) : [];
    }

    /// <summary>The waiting points of a series, whose name is in its one spelling, by time.</summary>
    public WhisperPoint[] GetPoints(ReadOnlySpan<byte> metric)
    {
        ulong hash = NameHash.Of(metric);
        WhisperPoint[] points = ShardOf(hash).PointsOf(hash, metric);
        return PointOrder.Sort(points, points.Length) is int count && count < points.Length ? points[..count] : points;
    }

    /// <summary>Names of the series that have points waiting.</summary>
    public IReadOnlyList<string> WaitingMetrics() => Names(withoutFile: false);

    /// <summary>Names of the series that have points waiting and, as far as is known, no file yet.</summary>
    public IReadOnlyList<string> MetricsWithoutFile() => Names(withoutFile: true);

    /// <summary>Waits until a full cache has space; at once when it has.</summary>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken)
    {
        lock (_spaceLock)
        {
            if (Size < Capacity)
            {
                return Task.CompletedTask;
            }

            _space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Size <= LowWatermark)
            {
                // The last points went between the two looks at the size; nobody would come to wake us.
                _space = null;
                return Task.CompletedTask;
            }

            return _space.Task.WaitAsync(cancellationToken);
        }
    }

    StoreResult IPointSink.Accept(in IncomingPoint point) => Store(point.Name, point.Timestamp, point.Value);

    internal CacheShard ShardOf(ulong hash) => _shards[(int)(hash >> (64 - ShardBits))];

    /// <summary>Points were written or given up.</summary>
    internal void Release(int points)
    {
        long left = Interlocked.Add(ref _size, -points);
        if (_space is null || left > LowWatermark)
        {
            return;
        }

        lock (_spaceLock)
        {
            _space?.TrySetResult();
            _space = null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private StoreResult StoreNew(ReadOnlySpan<byte> metric, uint timestamp, double value, out bool added)
    {
        added = false;
        Span<byte> buffer = stackalloc byte[MetricName.MaxLength];
        MetricNameFault fault = MetricName.Normalize(metric, buffer, out int length);
        if (fault != MetricNameFault.None)
        {
            Interlocked.Increment(ref _badNames);
            return StoreResult.BadName;
        }

        ReadOnlySpan<byte> name = buffer[..length];
        ulong hash = NameHash.Of(name);
        CacheShard shard = ShardOf(hash);
        if (shard.TryAppend(hash, name, timestamp, value, out added))
        {
            return StoreResult.Stored;
        }

        if (shard.Count >= MaxMetrics >> ShardBits)
        {
            Interlocked.Increment(ref _tooManyMetrics);
            return StoreResult.TooManyMetrics;
        }

        added = shard.Append(hash, name, timestamp, value);
        return StoreResult.Stored;
    }

    private List<string> Names(bool withoutFile)
    {
        List<byte[]> names = [];
        foreach (CacheShard shard in _shards)
        {
            shard.NamesOfWaiting(withoutFile, names);
        }

        return names.ConvertAll(Encoding.UTF8.GetString);
    }
}
