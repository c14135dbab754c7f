using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Schemas;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Writing;

/// <summary>
/// Brings the cache's points to their files, on a thread of its own: gathers for a moment, then opens each waiting series' file once
/// for all its points. A point leaves the cache when it is in its file, not before; when the disk refuses, points stay and are tried
/// again. Disposing writes everything that is there.
/// </summary>
public sealed partial class WhisperWriter : IAsyncDisposable
{
    private const int QuietTicks = 2;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly MetricCache _cache;
    private readonly WriterOptions _options;
    private readonly TimeProvider _time;
    private readonly SeriesStore _store;
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TaskCompletionSource> _flushes = [];
    private readonly Lock _flushLock = new();
    private readonly TokenBucket _creates;
    private TokenBucket _updates;
    private StorageSchemas _schemas;
    private StorageAggregation _aggregation;
    private WhisperHeader? _lastHeader;
    private RetentionPolicy? _lastRetentions;
    private double _lastXFilesFactor;
    private volatile bool _stopping;
    private int _started;
    private int _state;

    /// <summary>Makes a writer; <see cref="Start"/> sets it going.</summary>
    public WhisperWriter(MetricCache cache, WriterOptions options, StorageSchemas schemas, StorageAggregation aggregation, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentNullException.ThrowIfNull(options);
        _cache = cache;
        _options = options;
        _schemas = schemas;
        _aggregation = aggregation;
        _time = time ?? TimeProvider.System;
        _store = new SeriesStore(options.DataFolder, options.Files, options.HashTaggedNames);
        _creates = new TokenBucket(options.MaxCreatesPerMinute, options.MaxCreatesPerMinute / 60, _time);
        _updates = new TokenBucket(options.MaxUpdatesPerSecond, options.MaxUpdatesPerSecond, _time);
    }

    /// <summary>What it is doing.</summary>
    public WriterState State => (WriterState)Volatile.Read(ref _state);

    /// <summary>What it did.</summary>
    public WriterCounters Counters { get; } = new();

    /// <summary>The last refusal of the disk while it lasts; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Ends when the writer has ended; failed when it ended for a fault of its own.</summary>
    public Task Completion => _ended.Task;

    /// <summary>Gets what people should know, on the writer's thread, so be quick. Set before <see cref="Start"/>.</summary>
    public Action<WriterNotice>? OnNotice { get; set; }

    /// <summary>The journal whose points it writes; it lets go of what is in the files. Set before <see cref="Start"/>.</summary>
    public Journals.Journal? Journal { get; set; }

    /// <summary>Is told of each series that has a new file, or new points. Set before <see cref="Start"/>.</summary>
    public Tags.TagRegistrar? Tags { get; set; }

    /// <summary>Sets it going.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            Set(WriterState.Running);
            _cache.OnFirstPoint = () => _wake.Set();
            new Thread(Run) { IsBackground = true, Name = "whisper-writer" }.Start();
        }
    }

    /// <summary>Other schemas for files made from now on.</summary>
    public void Use(StorageSchemas schemas, StorageAggregation aggregation)
    {
        Volatile.Write(ref _schemas, schemas);
        Volatile.Write(ref _aggregation, aggregation);
    }

    /// <summary>Writes what is in the cache now; ends when it is in the files, or has failed once.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _started) == 0)
        {
            throw new InvalidOperationException("the writer is not started");
        }

        var flush = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_flushLock)
        {
            if (_ended.Task.IsCompleted)
            {
                return Task.CompletedTask;
            }

            _flushes.Add(flush);
        }

        _wake.Set();
        return flush.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Writes what is in the cache, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        if (Interlocked.Exchange(ref _started, 1) == 1)
        {
            _wake.Set();
            await _ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            Set(WriterState.Stopped);
        }
    }

    private void Run()
    {
        try
        {
            Loop();
            Drain();
            _ended.TrySetResult();
        }
        catch (Exception e)
        {
            // Nothing else watches this thread: the reason is kept, and whoever awaits Completion gets it.
            Trouble = e.Message;
            _ended.TrySetException(e);
        }
        finally
        {
            Set(WriterState.Stopped);
            Complete(TakeFlushes());
        }
    }

    private void Loop()
    {
        long gathering = _time.GetTimestamp();
        long accepted = _cache.Accepted;
        int quiet = 0;
        while (!_stopping)
        {
            // With nothing to write it sleeps until a point comes.
            _wake.WaitOne(_cache.Size == 0 ? Timeout.InfiniteTimeSpan : State == WriterState.WaitingForDisk ? _options.RetryDelay : Tick);
            TaskCompletionSource[] flushes = TakeFlushes(); // Before the round: who asks while it runs may have points that it does not see.
            long now = _cache.Accepted;
            quiet = now == accepted ? quiet + 1 : 0;
            accepted = now;
            bool due = flushes.Length > 0 || quiet >= QuietTicks || _time.GetElapsedTime(gathering) >= _options.FlushInterval || _cache.Size > _cache.Capacity / 2;
            if (_cache.Size == 0)
            {
                // The first points after a rest are gathered too: a round at once would open every file of a burst twice.
                gathering = _time.GetTimestamp();
            }
            else if (due && !_stopping)
            {
                Round();
                gathering = _time.GetTimestamp();
            }

            Complete(flushes);
        }
    }

    private void Drain()
    {
        Set(WriterState.Draining);
        _updates = new TokenBucket(_options.MaxUpdatesPerSecondOnShutdown, _options.MaxUpdatesPerSecondOnShutdown, _time);
        long start = _time.GetTimestamp();
        while (_cache.Size > 0)
        {
            Round();
            if (_cache.Size > 0 && Trouble is not null)
            {
                if (_time.GetElapsedTime(start) >= _options.ShutdownTimeout)
                {
                    int lost = (int)_cache.Size;
                    Counters.Lost(lost);
                    Notice(WriterNoticeKind.PointsLost, $"{lost} points were not written: {Trouble}");
                    return;
                }

                _wake.WaitOne(_options.RetryDelay);
            }
        }
    }

    private TaskCompletionSource[] TakeFlushes()
    {
        lock (_flushLock)
        {
            TaskCompletionSource[] taken = [.. _flushes];
            _flushes.Clear();
            return taken;
        }
    }

    private static void Complete(TaskCompletionSource[] flushes)
    {
        foreach (TaskCompletionSource flush in flushes)
        {
            flush.TrySetResult();
        }
    }

    private void Set(WriterState state) => Volatile.Write(ref _state, (int)state);

    private void Notice(WriterNoticeKind kind, string message) => OnNotice?.Invoke(new WriterNotice(kind, message));

    private WhisperHeader HeaderFor(ReadOnlySpan<byte> metric)
    {
        string name = Encoding.UTF8.GetString(metric);
        (AggregationMethod method, double xFilesFactor) = Volatile.Read(ref _aggregation).Of(name);
        RetentionPolicy retentions = Volatile.Read(ref _schemas).RetentionsOf(name);
        if (_lastHeader is null || !ReferenceEquals(retentions, _lastRetentions) || _lastHeader.Aggregation != method || _lastXFilesFactor != xFilesFactor)
        {
            _lastHeader = WhisperHeader.For(retentions, method, xFilesFactor);
            _lastRetentions = retentions;
            _lastXFilesFactor = xFilesFactor;
        }

        return _lastHeader;
    }
}
