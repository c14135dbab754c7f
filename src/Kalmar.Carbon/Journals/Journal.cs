using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;

namespace Kalmar.Carbon.Journals;

/// <summary>
/// A copy on disk of the points that are only in memory, so that a killed process loses none. Files are mapped: a point is a copy of
/// some bytes, and what was copied is the kernel's, whatever becomes of the process.
/// <code>record: u16 length of name (written last) | u32 time | f64 value | name</code>
/// </summary>
public sealed unsafe class Journal : IDisposable
{
    private const int Head = 14;
    private const long SegmentSize = 8 << 20;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly long _limit;
    private readonly Lock _lock = new();
    private readonly Queue<long> _sealed = new();
    private JournalSegment? _segment;
    private JournalSegment? _spare;
    private long _at;
    private long _failed;
    private long _number;
    private bool _disposed;

    /// <summary>Opens the journal of a folder.</summary>
    /// <param name="folder">Its files; made when it is missing.</param>
    /// <param name="limit">The most bytes; then points are not taken until some are in their files.</param>
    public Journal(string folder, long limit = 2L << 30)
    {
        _folder = folder;
        _limit = limit;
        Directory.CreateDirectory(folder);
        Left = [.. Directory.GetFiles(folder, "*.journal").Order(StringComparer.Ordinal)];
        foreach (string file in Left)
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                _number = Math.Max(_number, number + 1);
            }
        }
    }

    /// <summary>Files that an earlier process left: <see cref="Replay"/> reads them.</summary>
    public IReadOnlyList<string> Left { get; private set; }

    /// <summary>Why the disk gives no space for the journal; null while it does.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether there is space for another point: below the limit, and set aside on disk.</summary>
    public bool HasSpace
    {
        get
        {
            lock (_lock)
            {
                // The next file is always there already: the present one may be sealed between this question and the point.
                return !_disposed && (_sealed.Count + 1) * SegmentSize <= _limit && (_spare is not null || TryPrepare());
            }
        }
    }

    /// <summary>Keeps a point.</summary>
    public void Add(ReadOnlySpan<byte> name, uint timestamp, double value)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_segment is null || _at + Head + name.Length + 2 > SegmentSize)
            {
                Next();
            }

            var record = new Span<byte>(_segment!.Bytes + _at, Head + name.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(record[2..], timestamp);
            BinaryPrimitives.WriteDoubleLittleEndian(record[6..], value);
            name.CopyTo(record[Head..]);
            Volatile.Write(ref *(ushort*)(_segment.Bytes + _at), (ushort)name.Length);
            _at += Head + name.Length;
            _at += _at & 1;
        }
    }

    /// <summary>Begins a new file, so that those before it can go once their points are written.</summary>
    /// <returns>The mark to give to <see cref="Release"/>.</returns>
    public long Seal()
    {
        lock (_lock)
        {
            if (_segment is not null && _at > 0)
            {
                CloseView();
            }

            return _spare?.Number ?? _number;
        }
    }

    /// <summary>All points from before a mark are in their files.</summary>
    public void Release(long mark)
    {
        lock (_lock)
        {
            while (_sealed.TryPeek(out long number) && number < mark)
            {
                File.Delete(PathOf(_sealed.Dequeue()));
            }
        }
    }

    /// <summary>Reads what an earlier process left.</summary>
    /// <param name="store">Gets each point.</param>
    /// <returns>How many points.</returns>
    public long Replay(Action<byte[], uint, double> store)
    {
        long count = 0;
        foreach (string file in Left)
        {
            byte[] bytes = File.ReadAllBytes(file);
            int at = 0;
            while (at + Head < bytes.Length)
            {
                int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
                if (length == 0 || at + Head + length > bytes.Length)
                {
                    break;
                }

                uint time = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 2));
                double value = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at + 6));
                store(bytes.AsSpan(at + Head, length).ToArray(), time, value);
                count++;
                at += Head + length;
                at += at & 1;
            }
        }

        return count;
    }

    /// <summary>The points that were replayed are in their files: the old journal goes.</summary>
    public void ForgetLeft()
    {
        foreach (string file in Left)
        {
            File.Delete(file);
        }

        Left = [];
    }

    /// <summary>Closes the files; those that are not released stay.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                CloseView();
                if (_spare is not null)
                {
                    _spare.Dispose();
                    File.Delete(PathOf(_spare.Number));
                    _spare = null;
                }

                _disposed = true;
            }
        }
    }

    private void Next()
    {
        CloseView();
        _segment = _spare ?? Make();
        _spare = null;
        _at = 0;
        _sealed.Enqueue(_segment.Number);
    }

    /// <summary>Sets the next file's space aside; asks a disk that refused only once a second.</summary>
    private bool TryPrepare()
    {
        if (Trouble is not null && Stopwatch.GetElapsedTime(_failed) < RetryDelay)
        {
            return false;
        }

        try
        {
            _spare = Make();
            Trouble = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble = e.Message;
            _failed = Stopwatch.GetTimestamp();
            return false;
        }
    }

    private JournalSegment Make()
    {
        long number = _number++;
        return new JournalSegment(PathOf(number), number, SegmentSize);
    }

    private void CloseView()
    {
        _segment?.Dispose();
        _segment = null;
        _at = 0;
    }

    private string PathOf(long number) => Path.Combine(_folder, number.ToString("D19", CultureInfo.InvariantCulture) + ".journal");
}
