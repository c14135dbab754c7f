using System.Runtime.CompilerServices;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Cache;

/// <content>The waiting points of a series: the first in its entry, the others in chunks. Under the shard's lock.</content>
internal sealed partial class CacheShard
{
    private uint Oldest(in MetricEntry entry)
    {
        if (entry.HasFirst)
        {
            return entry.FirstTimestamp;
        }

        ref PointPool.Chunk chunk = ref _points.At(entry.Head);
        int gone = entry.HeadGone;
        if (gone == chunk.Count)
        {
            chunk = ref _points.At(chunk.Next);
            gone = 0;
        }

        Span<WhisperPoint> points = stackalloc WhisperPoint[chunk.Count];
        chunk.CopyTo(points);
        return points[gone].Timestamp;
    }

    private uint LastTimestamp(in MetricEntry entry) => entry.Tail < 0 ? entry.FirstTimestamp : _points.At(entry.Tail).Timestamp;

    private void SetLast(ref MetricEntry entry, double value)
    {
        if (entry.Tail < 0)
        {
            entry.FirstValue = value;
            return;
        }

        ref PointPool.Chunk tail = ref _points.At(entry.Tail);
        if (!tail.TrySetValue(value))
        {
            uint timestamp = tail.Timestamp;
            tail.RemoveLast();
            AppendToChunk(ref entry, timestamp, value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AppendToChunk(ref MetricEntry entry, uint timestamp, double value)
    {
        if (entry.Tail < 0)
        {
            entry.Head = entry.Tail = _points.Add(timestamp, value);
            entry.HeadGone = 0;
        }
        else if (!_points.At(entry.Tail).TryAdd(timestamp, value))
        {
            int chunk = _points.Add(timestamp, value);
            _points.At(entry.Tail).Next = chunk;
            entry.Tail = chunk;
        }
    }

    /// <summary>Copies all waiting points in the order in which they came.</summary>
    /// <param name="entry">The series.</param>
    /// <param name="points">Gets them; has room for as many as the first chunk has that are gone already, too.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Copy(in MetricEntry entry, Span<WhisperPoint> points)
    {
        int count = 0;
        if (entry.HasFirst)
        {
            points[count++] = new WhisperPoint(entry.FirstTimestamp, entry.FirstValue);
        }

        for (int number = entry.Head; number >= 0;)
        {
            ref PointPool.Chunk chunk = ref _points.At(number);
            chunk.CopyTo(points[count..]);
            int gone = number == entry.Head ? entry.HeadGone : 0;
            if (gone > 0)
            {
                points[(count + gone)..(count + chunk.Count)].CopyTo(points[count..]);
            }

            count += chunk.Count - gone;
            number = chunk.Next;
        }

        return count;
    }

    /// <summary>Removes points from the first on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Remove(ref MetricEntry entry, int count)
    {
        entry.Count -= count;
        if (entry.HasFirst && count > 0)
        {
            entry.HasFirst = false;
            count--;
        }

        while (entry.Head >= 0)
        {
            int used = _points.At(entry.Head).Count;
            int gone = Math.Min(count, used - entry.HeadGone);
            count -= gone;
            entry.HeadGone += (byte)gone;
            if (entry.HeadGone < used)
            {
                return;
            }

            entry.Head = _points.Remove(entry.Head);
            entry.HeadGone = 0;
            if (entry.Head < 0)
            {
                entry.Tail = -1;
            }
        }

        if (entry.Count == 0)
        {
            Waiting--;
        }
    }
}
