using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Kalmar.Whisper.Native;

namespace Kalmar.Whisper;

/// <summary>
/// Puts points into an open file: aligned to the step, runs of neighbours in one write, then up to the coarser archives. What ends up
/// in the file is what Python's Whisper would have put there. Keeps its buffers from file to file; one for each thread.
/// </summary>
internal sealed partial class ArchiveUpdater
{
    [ThreadStatic]
    private static ArchiveUpdater? _ofThread;

    private readonly PythonSetOrder _setOrder = new();
    private byte[] _bytes = new byte[4096];
    private double[] _known = new double[64];
    private WhisperPoint[] _points = new WhisperPoint[64];
    private WhisperPoint[] _aligned = new WhisperPoint[64];
    private WhisperPoint[] _made = new WhisperPoint[64];
    private byte[] _content = [];
    private Descriptor _file;
    private bool _inMemory;
    private byte[] _path = [];
    private WhisperHeader _header = null!;

    /// <summary>The first point's time of each archive as far as known; -1 where it must be read.</summary>
    private long[] _origins = new long[8];

    public static ArchiveUpdater OfThread => _ofThread ??= new ArchiveUpdater();

    /// <summary>The heads met by this thread.</summary>
    public HeaderCache Headers { get; } = new();

    /// <summary>Begins with a file; the path, zero at its end, is for messages.</summary>
    public void Begin(Descriptor file, byte[] path, WhisperHeader header)
    {
        _file = file;
        _inMemory = false;
        _path = path;
        _header = header;
        if (_origins.Length < header.Archives.Length)
        {
            _origins = new long[header.Archives.Length];
        }

        _origins.AsSpan().Fill(-1);
    }

    /// <summary>Tells the origin of the first archive, when it was read together with the head.</summary>
    public void KnowFirstOrigin(uint origin) => _origins[0] = origin;

    /// <summary>All bytes of a new file with these points; they are good until the next call for any file.</summary>
    public ReadOnlySpan<byte> Content(byte[] path, WhisperHeader header, ReadOnlySpan<WhisperPoint> points, long now)
    {
        Begin(default, path, header);
        Ensure(ref _content, (int)header.FileSize);
        Span<byte> content = _content.AsSpan(0, (int)header.FileSize);
        content.Clear();
        header.CopyTo(content);
        _inMemory = true;
        _origins.AsSpan().Clear();
        UpdateMany(points, now);
        return content;
    }

    /// <summary>One point into the finest archive that covers it, and up.</summary>
    public void Update(WhisperPoint point, long now)
    {
        long age = now - point.Timestamp;
        if (age < 0 || age >= _header.MaxRetention)
        {
            throw new TimestampNotCoveredException(
                $"{Descriptor.Text(_path)}: time {point.Timestamp} is {(age < 0 ? "in the future" : "older than the file keeps")} (now {now})");
        }

        ImmutableArray<ArchiveInfo> archives = _header.Archives;
        int index = 0;
        while (archives[index].Retention < age)
        {
            if (++index == archives.Length)
            {
                throw new WhisperCorruptException(WhisperDamage.ImpossibleArchive, Descriptor.Text(_path), "no archive is as long as its head says");
            }
        }

        WhisperPoint aligned = point with { Timestamp = (uint)Arithmetic.Align(point.Timestamp, archives[index].SecondsPerPoint) };
        Ensure(ref _aligned, 1);
        _aligned[0] = aligned;
        WriteRun(index, _aligned.AsSpan(0, 1), PlaceOf(index, aligned.Timestamp));
        for (int lower = index + 1; lower < archives.Length; lower++)
        {
            if (!Propagate(lower - 1, lower, _aligned.AsSpan(0, 1)))
            {
                break;
            }
        }
    }

    /// <summary>Many points, in any order; for points of the same time the first wins. Points older than the file keeps are left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void UpdateMany(ReadOnlySpan<WhisperPoint> points, long now)
    {
        ReadOnlySpan<WhisperPoint> sorted = Chronological(points);
        ImmutableArray<ArchiveInfo> archives = _header.Archives;
        int archive = 0;
        int end = sorted.Length;
        int begin = end;
        while (begin > 0)
        {
            long age = now - sorted[begin - 1].Timestamp;
            while (archives[archive].Retention < age)
            {
                if (begin < end)
                {
                    UpdateArchive(archive, sorted[begin..end]);
                    end = begin;
                }

                if (++archive == archives.Length)
                {
                    return;
                }
            }

            begin--;
        }

        if (begin < end)
        {
            UpdateArchive(archive, sorted[begin..end]);
        }
    }

    /// <summary>Points in the order of time into one archive, and no other.</summary>
    public void UpdateArchiveOnly(int index, ReadOnlySpan<WhisperPoint> points) => WriteAligned(index, points);

    /// <summary>Points in the order of time into one archive, and up from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void UpdateArchive(int index, ReadOnlySpan<WhisperPoint> points)
    {
        uint step = _header.Archives[index].SecondsPerPoint;
        ReadOnlySpan<WhisperPoint> aligned = WriteAligned(index, points);

        // Every archive with a greater step, in the order of the file.
        int higher = index;
        for (int lower = 0; lower < _header.Archives.Length; lower++)
        {
            if (_header.Archives[lower].SecondsPerPoint <= step)
            {
                continue;
            }

            if (!Propagate(higher, lower, aligned))
            {
                break;
            }

            higher = lower;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<WhisperPoint> WriteAligned(int index, ReadOnlySpan<WhisperPoint> points)
    {
        ArchiveInfo archive = _header.Archives[index];
        uint step = archive.SecondsPerPoint;
        Ensure(ref _aligned, points.Length);
        int count = 0;
        for (int i = 0; i < points.Length; i++)
        {
            uint interval = points[i].Timestamp - (points[i].Timestamp % step);
            if (count > 0 && _aligned[count - 1].Timestamp == interval)
            {
                count--;
            }

            _aligned[count++] = new WhisperPoint(interval, points[i].Value);
        }

        ReadOnlySpan<WhisperPoint> aligned = _aligned.AsSpan(0, count);
        WriteRuns(index, aligned);
        return aligned;
    }

    /// <summary>Writes aligned points, neighbours together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRuns(int index, ReadOnlySpan<WhisperPoint> aligned)
    {
        uint step = _header.Archives[index].SecondsPerPoint;
        long origin = Origin(index);
        int begin = 0;
        for (int i = 1; i <= aligned.Length; i++)
        {
            // A time of zero is continued by anything: Python's Whisper takes it for "no time yet".
            if (i < aligned.Length && (aligned[i - 1].Timestamp == 0 || aligned[i].Timestamp == aligned[i - 1].Timestamp + (long)step))
            {
                continue;
            }

            long start = aligned[i - 1].Timestamp - ((long)step * (i - 1 - begin));
            if (begin == 0 && origin == 0)
            {
                origin = start;
            }

            WriteRun(index, aligned[begin..i], _header.Archives[index].Place(start, origin));
            begin = i;
        }
    }

    /// <summary>Where a point goes: first in an empty archive.</summary>
    private long PlaceOf(int index, long interval)
    {
        long origin = Origin(index);
        return origin == 0 ? _header.Archives[index].Offset : _header.Archives[index].Place(interval, origin);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WriteRun(int index, ReadOnlySpan<WhisperPoint> run, long place)
    {
        ArchiveInfo archive = _header.Archives[index];
        if (run.Length > archive.Points)
        {
            // Only times far in the future make a run longer than the archive. Python's Whisper then writes over what follows the
            // archive; here the newest points stay and the file stays whole.
            int surplus = run.Length - (int)archive.Points;
            place = archive.Offset + ((place - archive.Offset + ((long)surplus * WhisperPoint.Size)) % archive.Size);
            run = run[surplus..];
        }

        int size = run.Length * WhisperPoint.Size;
        Ensure(ref _bytes, size);
        for (int i = 0; i < run.Length; i++)
        {
            Span<byte> slot = _bytes.AsSpan(i * WhisperPoint.Size);
            BinaryPrimitives.WriteUInt32BigEndian(slot, run[i].Timestamp);
            BinaryPrimitives.WriteDoubleBigEndian(slot[4..], run[i].Value);
        }

        int first = (int)Math.Min(size, archive.End - place);
        WriteWhole(_bytes.AsSpan(0, first), place);
        if (first < size)
        {
            WriteWhole(_bytes.AsSpan(first, size - first), archive.Offset);
        }

        if (place == archive.Offset)
        {
            _origins[index] = run[0].Timestamp;
        }
        else if (first < size)
        {
            _origins[index] = run[first / WhisperPoint.Size].Timestamp;
        }
    }

    /// <summary>The time of an archive's first point; 0 when it has none.</summary>
    private long Origin(int index)
    {
        if (_origins[index] < 0)
        {
            Span<byte> word = stackalloc byte[4];
            ReadWhole(word, _header.Archives[index].Offset);
            _origins[index] = BinaryPrimitives.ReadUInt32BigEndian(word);
        }

        return _origins[index];
    }

    private void WriteWhole(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_inMemory)
        {
            bytes.CopyTo(_content.AsSpan((int)offset));
        }
        else
        {
            _file.Write(bytes, offset, _path);
        }
    }

    private void ReadWhole(Span<byte> buffer, long offset)
    {
        if (_inMemory)
        {
            _content.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
        }
        else if (_file.Read(buffer, offset, _path) < buffer.Length)
        {
            throw new WhisperCorruptException(WhisperDamage.TruncatedArchive, Descriptor.Text(_path), "it became shorter while it was written to");
        }
    }

    /// <summary>By time; of equal times the first of the input comes last, where it wins.</summary>
    private ReadOnlySpan<WhisperPoint> Chronological(ReadOnlySpan<WhisperPoint> points)
    {
        bool ordered = true;
        for (int i = 1; i < points.Length && ordered; i++)
        {
            ordered = points[i - 1].Timestamp < points[i].Timestamp;
        }

        if (ordered)
        {
            return points;
        }

        Ensure(ref _points, points.Length);
        ulong[] keys = new ulong[points.Length];
        for (int i = 0; i < points.Length; i++)
        {
            keys[i] = ((ulong)points[i].Timestamp << 32) | (uint)(points.Length - i);
            _points[i] = points[i];
        }

        Array.Sort(keys, _points, 0, points.Length);
        return _points.AsSpan(0, points.Length);
    }

    private static void Ensure<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[Math.Max(length, buffer.Length * 2)];
        }
    }
}
