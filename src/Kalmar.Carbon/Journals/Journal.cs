using System.Buffers.Binary;
using System.Globalization;
using System.IO.MemoryMappedFiles;

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

    private readonly string _folder;
    private readonly long _limit;
    private readonly Lock _lock = new();
    private readonly Queue<long> _sealed = new();
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;
    private byte* _bytes;
    private long _at;
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

    /// <summary>Whether there is space for another point.</summary>
    public bool HasSpace
    {
        get
        {
            lock (_lock)
            {
                return (_sealed.Count + 1) * SegmentSize <= _limit;
            }
        }
    }

    /// <summary>Keeps a point.</summary>
    public void Add(ReadOnlySpan<byte> name, uint timestamp, double value)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_view is null || _at + Head + name.Length + 2 > SegmentSize)
            {
                Next();
            }

            var record = new Span<byte>(_bytes + _at, Head + name.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(record[2..], timestamp);
            BinaryPrimitives.WriteDoubleLittleEndian(record[6..], value);
            name.CopyTo(record[Head..]);
            Volatile.Write(ref *(ushort*)(_bytes + _at), (ushort)name.Length);
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
            if (_view is not null && _at > 0)
            {
                CloseView();
            }

            return _number;
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
                _disposed = true;
            }
        }
    }

    private void Next()
    {
        CloseView();
        long number = _number++;
        _map = MemoryMappedFile.CreateFromFile(PathOf(number), FileMode.CreateNew, null, SegmentSize);
        _view = _map.CreateViewAccessor(0, SegmentSize);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _bytes = pointer;
        _at = 0;
        _sealed.Enqueue(number);
    }

    private void CloseView()
    {
        if (_view is not null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map!.Dispose();
            _view = null;
            _map = null;
            _at = 0;
        }
    }

    private string PathOf(long number) => Path.Combine(_folder, number.ToString("D19", CultureInfo.InvariantCulture) + ".journal");
}
