using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Kalmar.Whisper;

/// <content>From a finer archive to a coarser one.</content>
internal sealed partial class ArchiveUpdater
{
    /// <summary>Makes the coarser points that the given finer ones touch.</summary>
    /// <returns>Whether any was made.</returns>
    private bool Propagate(int higherIndex, int lowerIndex, ReadOnlySpan<WhisperPoint> aligned)
    {
        ArchiveInfo higher = _header.Archives[higherIndex];
        ArchiveInfo lower = _header.Archives[lowerIndex];
        uint step = lower.SecondsPerPoint;
        long first = Arithmetic.Align(aligned[0].Timestamp, step);
        long last = Arithmetic.Align(aligned[^1].Timestamp, step);
        bool regular = first > 0 && Origin(higherIndex) != 0 && last - first < lower.Retention
            && step % higher.SecondsPerPoint == 0 && step / higher.SecondsPerPoint <= higher.Points;
        return regular
            ? PropagateTogether(higherIndex, lowerIndex, aligned)
            : PropagateOneByOne(higherIndex, lowerIndex, aligned);
    }

    /// <summary>
    /// The usual case, where no coarser point can overwrite another: neighbours are read together and written together. The order
    /// matters only for which point becomes the origin of an empty archive.
    /// </summary>
    private bool PropagateTogether(int higherIndex, int lowerIndex, ReadOnlySpan<WhisperPoint> aligned)
    {
        ArchiveInfo higher = _header.Archives[higherIndex];
        ArchiveInfo lower = _header.Archives[lowerIndex];
        uint step = lower.SecondsPerPoint;
        int ratio = (int)(step / higher.SecondsPerPoint);
        int most = Math.Max(1, (int)Math.Min(higher.Points, 16384) / ratio);
        int made = 0;
        Ensure(ref _made, aligned.Length);

        int i = 0;
        while (i < aligned.Length)
        {
            uint begin = aligned[i].Timestamp - (aligned[i].Timestamp % step);
            int intervals = 1;
            uint end = begin;
            for (i++; i < aligned.Length; i++)
            {
                uint next = aligned[i].Timestamp - (aligned[i].Timestamp % step);
                if (next == end)
                {
                    continue;
                }

                if (next != (long)end + step || intervals == most)
                {
                    break;
                }

                intervals++;
                end = next;
            }

            int slots = intervals * ratio;
            ReadOnlySpan<byte> slice = ReadSlots(higher, higher.Place(begin, Origin(higherIndex)), slots);
            for (int n = 0; n < intervals; n++)
            {
                uint interval = begin + ((uint)n * step);
                if (TryAggregate(slice.Slice(n * ratio * WhisperPoint.Size, ratio * WhisperPoint.Size), interval, higher.SecondsPerPoint, out double value))
                {
                    _made[made++] = new WhisperPoint(interval, value);
                }
            }
        }

        if (made == 0)
        {
            return false;
        }

        ReadOnlySpan<WhisperPoint> points = _made.AsSpan(0, made);
        long origin = Origin(lowerIndex);
        if (origin == 0)
        {
            origin = made == 1 ? points[0].Timestamp : FirstInPythonsOrder(aligned, step, points);
        }

        int runStart = 0;
        for (int n = 1; n <= made; n++)
        {
            if (n < made && points[n].Timestamp == (long)points[n - 1].Timestamp + step)
            {
                continue;
            }

            WriteRun(lowerIndex, points[runStart..n], lower.Place(points[runStart].Timestamp, origin));
            runStart = n;
        }

        return true;
    }

    /// <summary>Which of the points that were made Python's Whisper would have made first.</summary>
    private long FirstInPythonsOrder(ReadOnlySpan<WhisperPoint> aligned, uint step, ReadOnlySpan<WhisperPoint> made)
    {
        long[] intervals = new long[aligned.Length];
        for (int i = 0; i < aligned.Length; i++)
        {
            intervals[i] = aligned[i].Timestamp - (aligned[i].Timestamp % step);
        }

        foreach (long interval in _setOrder.Order(intervals))
        {
            foreach (WhisperPoint point in made)
            {
                if (point.Timestamp == interval)
                {
                    return interval;
                }
            }
        }

        return made[0].Timestamp;
    }

    /// <summary>Exactly the steps of Python's Whisper, for times at zero, spans beyond the archive and odd files.</summary>
    private bool PropagateOneByOne(int higherIndex, int lowerIndex, ReadOnlySpan<WhisperPoint> aligned)
    {
        ImmutableArray<ArchiveInfo> archives = _header.Archives;
        ArchiveInfo higher = archives[higherIndex];
        ArchiveInfo lower = archives[lowerIndex];
        long[] intervals = new long[aligned.Length];
        for (int i = 0; i < aligned.Length; i++)
        {
            intervals[i] = Arithmetic.Align(aligned[i].Timestamp, lower.SecondsPerPoint);
        }

        bool any = false;
        foreach (long interval in _setOrder.Order(intervals).ToArray())
        {
            long origin = Origin(higherIndex);
            long place = origin == 0 ? higher.Offset : higher.Place(interval, origin);
            long wanted = lower.SecondsPerPoint / higher.SecondsPerPoint;
            long relative = place - higher.Offset;
            long end = Arithmetic.FloorModulo(relative + (wanted * WhisperPoint.Size), higher.Size);
            int slots = (int)((end > relative ? end - relative : higher.Size - relative + end) / WhisperPoint.Size);
            if (TryAggregate(ReadSlots(higher, place, slots), interval, higher.SecondsPerPoint, out double value))
            {
                _made[0] = new WhisperPoint((uint)interval, value);
                WriteRun(lowerIndex, _made.AsSpan(0, 1), PlaceOf(lowerIndex, interval));
                any = true;
            }
        }

        return any;
    }

    /// <summary>Reads points from a place on, around the archive's end.</summary>
    private ReadOnlySpan<byte> ReadSlots(ArchiveInfo archive, long place, int slots)
    {
        int size = slots * WhisperPoint.Size;
        Ensure(ref _bytes, size);
        Span<byte> buffer = _bytes.AsSpan(0, size);
        int first = (int)Math.Min(size, archive.End - place);
        ReadWhole(buffer[..first], place);
        if (first < size)
        {
            ReadWhole(buffer[first..], archive.Offset);
        }

        return buffer;
    }

    private bool TryAggregate(ReadOnlySpan<byte> slots, long interval, uint step, out double value)
    {
        int count = slots.Length / WhisperPoint.Size;
        Ensure(ref _known, count);
        int known = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> slot = slots.Slice(i * WhisperPoint.Size, WhisperPoint.Size);
            if (BinaryPrimitives.ReadUInt32BigEndian(slot) == interval)
            {
                _known[known++] = BinaryPrimitives.ReadDoubleBigEndian(slot[4..]);
            }

            interval += step;
        }

        if (known == 0 || (double)known / count < _header.XFilesFactor)
        {
            value = 0;
            return false;
        }

        value = Aggregation.Of(_header.Aggregation, _known.AsSpan(0, known), count);
        return true;
    }
}
