using System.Runtime.CompilerServices;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Cache;

/// <content>The waiting points of a series: the first in its entry, the others in chunks. Under the shard's lock.</content>
internal sealed partial class CacheShard
{
    private uint Oldest(in MetricEntry entry) => entry.HasFirst ? entry.FirstTimestamp : _points.At(entry.Head).Times[entry.HeadGone];

    private uint LastTimestamp(in MetricEntry entry) =>
        entry.Tail < 0 ? entry.FirstTimestamp : _points.At(entry.Tail).Times[entry.TailUsed - 1];

    private void SetLast(ref MetricEntry entry, double value)
    {
        if (entry.Tail < 0)
        {
            entry.FirstValue = value;
        }
        else
        {
            _points.At(entry.Tail).Values[entry.TailUsed - 1] = value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AppendToChunk(ref MetricEntry entry, uint timestamp, double value)
    {
        if (entry.Tail < 0)
        {
            entry.Head = entry.Tail = _points.Add();
            entry.HeadGone = entry.TailUsed = 0;
        }
        else if (entry.TailUsed == PointPool.ChunkPoints)
        {
            int chunk = _points.Add();
            _points.At(entry.Tail).Next = chunk;
            entry.Tail = chunk;
            entry.TailUsed = 0;
        }

        ref PointPool.Chunk tail = ref _points.At(entry.Tail);
        tail.Times[entry.TailUsed] = timestamp;
        tail.Values[entry.TailUsed] = value;
        entry.TailUsed++;
    }

    /// <summary>Copies all waiting points in the order in which they came.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Copy(in MetricEntry entry, WhisperPoint[] points)
    {
        int count = 0;
        if (entry.HasFirst)
        {
            points[count++] = new WhisperPoint(entry.FirstTimestamp, entry.FirstValue);
        }

        int from = entry.HeadGone;
        for (int number = entry.Head; number >= 0; from = 0)
        {
            ref PointPool.Chunk chunk = ref _points.At(number);
            int until = number == entry.Tail ? entry.TailUsed : PointPool.ChunkPoints;
            for (int i = from; i < until; i++)
            {
                points[count++] = new WhisperPoint(chunk.Times[i], chunk.Values[i]);
            }

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
            int used = entry.Head == entry.Tail ? entry.TailUsed : PointPool.ChunkPoints;
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
