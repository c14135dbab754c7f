using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kalmar.Whisper;

/// <content>Reading.</content>
public sealed partial class WhisperFile
{
    /// <summary>
    /// The values of a span of time, from the finest archive that reaches back to its beginning, or from the archive of a given
    /// step. The beginning is moved up to what the file keeps and the end down to <paramref name="now"/>; the first value is that of
    /// the step after <paramref name="from"/>, as Python's Whisper has it.
    /// </summary>
    /// <param name="from">The beginning (excluded), in seconds since 1970.</param>
    /// <param name="until">The end (included).</param>
    /// <param name="now">The present.</param>
    /// <param name="step">The archive to read, by its step; null to choose it by age.</param>
    /// <returns>The values, or null when the span is wholly in the future or older than the file keeps.</returns>
    /// <exception cref="ArgumentException">The beginning is after the end, or no archive has the step.</exception>
    public WhisperSeries? Fetch(long from, long until, long now, uint? step = null)
    {
        if (from > until)
        {
            throw new ArgumentException($"the beginning {from} is after the end {until}", nameof(from));
        }

        long oldest = now - Header.MaxRetention;
        if (from > now || until < oldest)
        {
            return null;
        }

        from = Math.Max(from, oldest);
        until = Math.Min(until, now);
        return FetchArchive(step is { } wanted ? ArchiveOf(wanted) : ArchiveFor(now - from), from, until);
    }

    /// <summary>The values of a span of time; opens and closes the file.</summary>
    /// <inheritdoc cref="Fetch(long, long, long, uint?)"/>
    public static WhisperSeries? Fetch(string path, long from, long until, long now, uint? step = null)
    {
        using WhisperFile file = OpenRead(path);
        return file.Fetch(from, until, now, step);
    }

    /// <summary>The known points of one archive in the order in which they stand in the file, unused places left out.</summary>
    public WhisperPoint[] ReadArchive(int archive) => [.. ReadSlots(archive).Where(p => p.Timestamp != 0)];

    /// <summary>All places of one archive in the order of the file; unused ones have the time 0.</summary>
    public WhisperPoint[] ReadSlots(int archive)
    {
        ArchiveInfo info = Header.Archives[archive];
        byte[] bytes = new byte[info.Size];
        ReadWhole(bytes, info.Offset);
        var points = new WhisperPoint[info.Points];
        for (int i = 0; i < points.Length; i++)
        {
            ReadOnlySpan<byte> slot = bytes.AsSpan(i * WhisperPoint.Size);
            points[i] = new WhisperPoint(BinaryPrimitives.ReadUInt32BigEndian(slot), BinaryPrimitives.ReadDoubleBigEndian(slot[4..]));
        }

        return points;
    }

    /// <summary>The values of a span in one archive, without looking at ages; wraps around as the ring does.</summary>
    internal WhisperSeries FetchArchive(ArchiveInfo archive, long from, long until)
    {
        (long start, long end, int count, byte[]? bytes) = ReadSpan(archive, from, until);
        double[] values = GC.AllocateUninitializedArray<double>(count);
        if (bytes is null)
        {
            Array.Fill(values, double.NaN);
        }
        else
        {
            Decode(bytes.AsSpan(0, count * WhisperPoint.Size), values, start, archive.SecondsPerPoint);
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return new WhisperSeries(start, end, archive.SecondsPerPoint, values);
    }

    /// <summary>As <see cref="FetchArchive"/>, but the points that are known, NaN among them when it was written.</summary>
    internal List<WhisperPoint> FetchPoints(ArchiveInfo archive, long from, long until)
    {
        (long start, _, int count, byte[]? bytes) = ReadSpan(archive, from, until);
        List<WhisperPoint> points = [];
        for (int i = 0; bytes is not null && i < count; i++)
        {
            ReadOnlySpan<byte> slot = bytes.AsSpan(i * WhisperPoint.Size);
            long time = start + ((long)i * archive.SecondsPerPoint);
            if (BinaryPrimitives.ReadUInt32BigEndian(slot) == time)
            {
                points.Add(new WhisperPoint((uint)time, BinaryPrimitives.ReadDoubleBigEndian(slot[4..])));
            }
        }

        if (bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return points;
    }

    private ArchiveInfo ArchiveFor(long age)
    {
        foreach (ArchiveInfo archive in Header.Archives)
        {
            if (archive.Retention >= age)
            {
                return archive;
            }
        }

        return Header.Archives[^1];
    }

    private ArchiveInfo ArchiveOf(uint step)
    {
        foreach (ArchiveInfo archive in Header.Archives)
        {
            if (archive.SecondsPerPoint == step)
            {
                return archive;
            }
        }

        throw new ArgumentException($"no archive of {Path} has a step of {step} s", nameof(step));
    }

    private (long Start, long End, int Count, byte[]? Bytes) ReadSpan(ArchiveInfo archive, long from, long until)
    {
        long step = archive.SecondsPerPoint;
        long start = Arithmetic.Align(from, step) + step;
        long end = Arithmetic.Align(until, step) + step;
        if (start == end)
        {
            end += step;
        }

        Span<byte> word = stackalloc byte[4];
        ReadWhole(word, archive.Offset);
        uint origin = BinaryPrimitives.ReadUInt32BigEndian(word);
        if (origin == 0)
        {
            return (start, end, (int)Math.Max(0, (end - start) / step), null);
        }

        long first = archive.Place(start, origin);
        long last = archive.Place(end, origin);
        long size = last > first ? last - first : archive.Size - (first - last);
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)size);
        int head = (int)Math.Min(size, archive.End - first);
        ReadWhole(bytes.AsSpan(0, head), first);
        ReadWhole(bytes.AsSpan(head, (int)size - head), archive.Offset);
        return (start, end, (int)(size / WhisperPoint.Size), bytes);
    }

    private static void Decode(ReadOnlySpan<byte> bytes, Span<double> values, long start, uint step)
    {
        // Slots are compared in the file's byte order of the time that belongs there.
        ref byte slot = ref MemoryMarshal.GetReference(bytes);
        long time = start;
        for (int i = 0; i < values.Length; i++)
        {
            uint stored = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<uint>(ref slot));
            ulong bits = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(
                ref Unsafe.Add(ref slot, 4)));
            values[i] = stored == time ? BitConverter.UInt64BitsToDouble(bits) : double.NaN;
            time += step;
            slot = ref Unsafe.Add(ref slot, WhisperPoint.Size);
        }
    }

    private void ReadWhole(Span<byte> buffer, long offset)
    {
        if (File.Read(buffer, offset, _path) < buffer.Length)
        {
            throw new WhisperCorruptException(WhisperDamage.TruncatedArchive, Path, "it became shorter while it was read");
        }
    }
}
