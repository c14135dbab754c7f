using System.Buffers;
using System.Buffers.Text;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.Routing;

namespace Kalmar.Carbon.Relays;

/// <summary>
/// The points that wait for a destination, in order: as lines, in blocks; in memory up to a limit, then on disk, then not taken any
/// more. Thread-safe.
/// </summary>
internal sealed class DestinationQueue : IDisposable
{
    private const int BlockSize = 64 * 1024;

    /// <summary>
    /// A destination that took a block, or got the first one to take, so short a time ago is slow, not away: senders wait then, and
    /// nothing goes to disk.
    /// </summary>
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(2);

    /// <summary>What may come to a full memory from those who had seen space, before it goes to disk.</summary>
    private const int Slack = 32 * BlockSize;

    private readonly TimeProvider _time;
    private readonly RelayOptions _options;
    private readonly Spool? _spool;
    private readonly Lock _lock = new();
    private readonly Queue<LineBlock> _blocks = new();
    private readonly SemaphoreSlim _ready = new(0);
    private byte[] _current = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _length;
    private int _lines;
    private long _memory;
    private TaskCompletionSource? _space;
    private bool _firstIsSpooled;
    private long? _moved;

    public DestinationQueue(Destination destination, RelayOptions options, TimeProvider time)
    {
        Destination = destination;
        _time = time;
        _options = options;
        _spool = options.SpoolFolder is null ? null : new Spool(Path.Combine(options.SpoolFolder, Spool.NameOf(destination)));
    }

    public Destination Destination { get; }

    public DestinationCounters Counters { get; } = new();

    /// <summary>Bytes that wait, in memory and on disk.</summary>
    public long Waiting
    {
        get
        {
            lock (_lock)
            {
                return _memory + _length + (_spool?.Size ?? 0);
            }
        }
    }

    /// <summary>Why the last block could not go to disk.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether it takes a point now.</summary>
    /// <param name="canWait">Whether whoever brings it can wait for a slow destination; otherwise it goes to disk.</param>
    public bool HasSpace(bool canWait)
    {
        // Nearly always; it spares each line a lock.
        if (Volatile.Read(ref _memory) < _options.MemoryLimit)
        {
            return true;
        }

        lock (_lock)
        {
            return HasSpaceNow(_options.MemoryLimit, canWait);
        }
    }

    /// <summary>Waits until it may have space; look again then.</summary>
    public async Task SpaceAsync(CancellationToken cancellationToken)
    {
        Task space;
        lock (_lock)
        {
            if (HasSpaceNow(_options.MemoryLimit, canWait: true))
            {
                return;
            }

            _space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            space = _space.Task;
        }

        try
        {
            await space.WaitAsync(_spool is null ? Timeout.InfiniteTimeSpan : SlowTime, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return; // what was slow may be away by now, and what is for it goes to disk
        }
    }

    public void Add(in IncomingPoint point)
    {
        Counters.AddAttempted();
        lock (_lock)
        {
            int most = point.Name.Length + point.Text.Length + 64;
            if (_length + most > _current.Length)
            {
                Seal(most);
            }

            Span<byte> free = _current.AsSpan(_length);
            point.Name.CopyTo(free);
            free[..point.Name.Length].Replace((byte)' ', (byte)'_');
            int at = point.Name.Length;
            free[at++] = (byte)' ';
            if (point.Text.IsEmpty)
            {
                Utf8Formatter.TryFormat(point.Value, free[at..], out int written);
                at += written;
                free[at++] = (byte)' ';
                Utf8Formatter.TryFormat(point.Timestamp, free[at..], out written);
                at += written;
            }
            else
            {
                point.Text.CopyTo(free[at..]);
                at += point.Text.Length;
            }

            free[at++] = (byte)'\n';
            _length += at;
            _lines++;
        }
    }

    /// <summary>Waits until there is a block to send, gathering for a moment; null when there is none yet.</summary>
    public async Task<LineBlock?> FirstAsync(CancellationToken cancellationToken)
    {
        if (!IsReady())
        {
            await _ready.WaitAsync(_options.Linger, cancellationToken).ConfigureAwait(false);
        }

        lock (_lock)
        {
            if (_blocks.Count == 0 && _spool is not { IsEmpty: false } && _lines > 0)
            {
                Seal(0);
            }

            if (_blocks.TryPeek(out LineBlock? block))
            {
                _firstIsSpooled = false;
                return block;
            }

            _firstIsSpooled = true;
            return _spool is { IsEmpty: false } ? _spool.First() : null;
        }
    }

    /// <summary>The first block was sent.</summary>
    public void RemoveFirst()
    {
        lock (_lock)
        {
            if (_firstIsSpooled)
            {
                _spool!.RemoveFirst();
            }
            else
            {
                _memory -= _blocks.Dequeue().Length;
            }

            _moved = _time.GetTimestamp();

            // Not at each block: who waits then goes on for a while.
            if (_space is not null && HasSpaceNow(_options.MemoryLimit / 4 * 3, canWait: true))
            {
                _space.TrySetResult();
                _space = null;
            }
        }
    }

    /// <summary>Puts blocks back before all others: their connection broke before it was certain that they arrived.</summary>
    public void PutBack(IReadOnlyCollection<LineBlock> blocks)
    {
        lock (_lock)
        {
            LineBlock[] rest = [.. _blocks];
            _blocks.Clear();
            foreach (LineBlock block in blocks)
            {
                _blocks.Enqueue(block);
                _memory += block.Length;
            }

            foreach (LineBlock block in rest)
            {
                _blocks.Enqueue(block);
            }
        }
    }

    /// <summary>At the stop: what is in memory goes to disk, or is counted as lost.</summary>
    public void Keep()
    {
        lock (_lock)
        {
            Seal(0);

            // They are older than what is on disk, and go before it: Prometheus takes the points of a series in their order only.
            foreach (LineBlock block in _blocks.Reverse())
            {
                if (_spool is null || !TrySpool(block, first: true))
                {
                    Counters.AddLost(block.Lines);
                }
            }

            _blocks.Clear();
            _memory = 0;
        }
    }

    public void Dispose() => _ready.Dispose();

    private bool IsReady()
    {
        lock (_lock)
        {
            return _blocks.Count > 0 || _spool is { IsEmpty: false };
        }
    }

    private bool HasSpaceNow(long memoryLimit, bool canWait) =>
        _memory < memoryLimit
        || (_spool is not null && Trouble is null && _spool.Size < _options.SpoolLimit && !(canWait && _spool.IsEmpty && IsSlow()));

    private bool IsSlow() => _moved is { } moved && _time.GetElapsedTime(moved) < SlowTime;

    private void Seal(int least)
    {
        if (_lines > 0)
        {
            byte[] bytes = _current.AsSpan(0, _length).ToArray();
            var block = new LineBlock(bytes, _length, _lines);
            if (_memory == 0)
            {
                _moved = _time.GetTimestamp(); // It has from now on to take a first block.
            }

            bool toDisk = _spool is not null && (!_spool.IsEmpty || _memory >= _options.MemoryLimit + (IsSlow() ? Slack : 0));
            if (!toDisk || !TrySpool(block))
            {
                _blocks.Enqueue(block);
                _memory += block.Length;
            }

            if (_ready.CurrentCount == 0)
            {
                _ready.Release();
            }
        }

        if (_current.Length < least)
        {
            ArrayPool<byte>.Shared.Return(_current);
            _current = ArrayPool<byte>.Shared.Rent(least);
        }

        _length = 0;
        _lines = 0;
    }

    private bool TrySpool(LineBlock block, bool first = false)
    {
        try
        {
            if (first)
            {
                _spool!.AddFirst(block);
            }
            else
            {
                _spool!.Add(block);
            }

            Counters.AddSpooled(block.Lines);
            Trouble = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble = e.Message;
            return false;
        }
    }
}
