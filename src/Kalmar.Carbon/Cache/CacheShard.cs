using System.Runtime.CompilerServices;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Cache;

/// <summary>
/// A part of the cache with a lock of its own: an open hash table from name to series, the series, their names and their points, all
/// in arrays. A point costs no allocation, a new series a few bytes in each.
/// </summary>
internal sealed partial class CacheShard
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private const int PageMask = PageSize - 1;

    private readonly Lock _lock = new();
    private readonly List<MetricEntry[]> _entries = [];
    private NameSlab _names = new();
    private readonly PointPool _points = new();
    private Slot[] _table = new Slot[256];
    private List<int> _dirty = [];
    private List<int> _spare = [];
    private long _accepted;
    private int _count;
    private int _round;

    /// <summary>Points taken since the start; counted under the lock that is held anyway, as a counter for all would be fought for.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Series known.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Series with waiting points, those being written included.</summary>
    public int Waiting { get; private set; }

    /// <summary>Adds a point to a known series.</summary>
    /// <returns>False when there is no such series.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryAppend(ulong hash, ReadOnlySpan<byte> name, uint timestamp, double value, out bool added)
    {
        lock (_lock)
        {
            int metric = Find(hash, name);
            added = metric >= 0 && Append(metric, timestamp, value);
            return metric >= 0;
        }
    }

    /// <summary>Adds a point to a series, which is made when it is new.</summary>
    /// <returns>False when the point took the place of one with the same time.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Append(ulong hash, ReadOnlySpan<byte> name, uint timestamp, double value)
    {
        lock (_lock)
        {
            int metric = Find(hash, name);
            return Append(metric >= 0 ? metric : Insert(hash, name), timestamp, value);
        }
    }

    /// <summary>Lists the series to write and begins a new list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void TakeDirty(int shard, List<DirtyMetric> into)
    {
        lock (_lock)
        {
            _round++;
            (_dirty, _spare) = (_spare, _dirty);
            foreach (int metric in _spare)
            {
                ref MetricEntry entry = ref At(metric);
                entry.Listed = false;
                if (entry.Count > 0)
                {
                    into.Add(new DirtyMetric(shard, metric, entry.Count, Oldest(in entry)));
                }
            }

            _spare.Clear();
        }
    }

    /// <summary>Copies a series' points and name for writing; they stay visible until <see cref="EndWrite"/>.</summary>
    /// <returns>How many points.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int BeginWrite(int metric, ref WhisperPoint[] points, Span<byte> name, out int nameLength, out FileKnowledge file)
    {
        lock (_lock)
        {
            ref MetricEntry entry = ref At(metric);
            if (points.Length < entry.Count + entry.HeadGone)
            {
                points = new WhisperPoint[(entry.Count + entry.HeadGone) * 2];
            }

            int count = Copy(in entry, points);
            entry.InFlight = count;
            file = entry.File;
            nameLength = entry.NameLength;
            _names.Get(entry.Name, nameLength).CopyTo(name);
            return count;
        }
    }

    /// <summary>Ends a write: the points that were copied go, or stay to be written again.</summary>
    /// <returns>How many points went.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int EndWrite(int metric, int count, bool remove, FileKnowledge file)
    {
        lock (_lock)
        {
            ref MetricEntry entry = ref At(metric);
            entry.InFlight = 0;
            entry.File = file;
            if (!remove)
            {
                List(metric, ref entry);
                return 0;
            }

            Remove(ref entry, count);
            return count;
        }
    }

    /// <summary>Puts a series back on the list of those to write.</summary>
    public void Relist(int metric)
    {
        lock (_lock)
        {
            List(metric, ref At(metric));
        }
    }

    /// <summary>The waiting points of a series in the order in which they came.</summary>
    public WhisperPoint[] PointsOf(ulong hash, ReadOnlySpan<byte> name)
    {
        lock (_lock)
        {
            int metric = Find(hash, name);
            if (metric < 0 || At(metric).Count == 0)
            {
                return [];
            }

            ref MetricEntry entry = ref At(metric);
            var points = new WhisperPoint[entry.Count + entry.HeadGone];
            int count = Copy(in entry, points);
            return count == points.Length ? points : points[..count];
        }
    }

    /// <summary>Names of the series with waiting points.</summary>
    public void NamesOfWaiting(bool withoutFile, List<byte[]> into)
    {
        lock (_lock)
        {
            for (int metric = 0; metric < _count; metric++)
            {
                ref MetricEntry entry = ref At(metric);
                if (entry.Count > 0 && !(withoutFile && entry.File == FileKnowledge.Present))
                {
                    into.Add(_names.Get(entry.Name, entry.NameLength).ToArray());
                }
            }
        }
    }

    /// <summary>Forgets the series that had no points for a number of rounds; only while none is being written.</summary>
    /// <returns>How many.</returns>
    public int Forget(int rounds)
    {
        lock (_lock)
        {
            int idle = 0;
            for (int metric = 0; metric < _count; metric++)
            {
                idle += IsIdle(in At(metric), rounds) ? 1 : 0;
            }

            if (idle < 1024 || idle < _count / 4)
            {
                return 0;
            }

            Rebuild(rounds);
            return idle;
        }
    }

    private void Rebuild(int rounds)
    {
        NameSlab oldNames = _names;
        MetricEntry[][] oldEntries = [.. _entries];
        int oldCount = _count;
        _names = new NameSlab();
        _entries.Clear();
        _table = new Slot[256];
        _dirty.Clear();
        _count = 0;
        for (int i = 0; i < oldCount; i++)
        {
            ref MetricEntry old = ref oldEntries[i >> PageBits][i & PageMask];
            if (IsIdle(in old, rounds))
            {
                continue;
            }

            ReadOnlySpan<byte> name = oldNames.Get(old.Name, old.NameLength);
            int metric = Insert(NameHash.Of(name), name);
            ref MetricEntry entry = ref At(metric);
            long place = entry.Name;
            bool listed = old.Listed;
            entry = old;
            entry.Name = place;
            entry.Listed = listed;
            if (listed)
            {
                _dirty.Add(metric);
            }
        }
    }

    private bool IsIdle(in MetricEntry entry, int rounds) => entry.Count == 0 && _round - entry.LastRound > rounds;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Append(int metric, uint timestamp, double value)
    {
        ref MetricEntry entry = ref At(metric);
        _accepted++;
        if (entry.Count > entry.InFlight && LastTimestamp(in entry) == timestamp)
        {
            SetLast(ref entry, value);
            return false;
        }

        if (entry.Count == 0)
        {
            entry.FirstTimestamp = timestamp;
            entry.FirstValue = value;
            entry.HasFirst = true;
            entry.LastRound = _round;
            Waiting++;
        }
        else
        {
            AppendToChunk(ref entry, timestamp, value);
        }

        entry.Count++;
        List(metric, ref entry);
        return true;
    }

    private void List(int metric, ref MetricEntry entry)
    {
        if (!entry.Listed)
        {
            entry.Listed = true;
            _dirty.Add(metric);
        }
    }

    private ref MetricEntry At(int metric) => ref _entries[metric >> PageBits][metric & PageMask];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Find(ulong hash, ReadOnlySpan<byte> name)
    {
        uint mark = Mark(hash);
        int mask = _table.Length - 1;
        for (int i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            Slot slot = _table[i];
            if (slot.Mark == 0)
            {
                return -1;
            }

            if (slot.Mark == mark)
            {
                ref MetricEntry entry = ref At(slot.Metric);
                if (_names.Get(entry.Name, entry.NameLength).SequenceEqual(name))
                {
                    return slot.Metric;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Insert(ulong hash, ReadOnlySpan<byte> name)
    {
        int metric = _count;
        if (metric >> PageBits == _entries.Count)
        {
            _entries.Add(GC.AllocateArray<MetricEntry>(PageSize, pinned: true));
        }

        At(metric) = new MetricEntry { Name = _names.Add(name), NameLength = (ushort)name.Length, Head = -1, Tail = -1, LastRound = _round };
        Volatile.Write(ref _count, metric + 1);
        if (_count * 10L > _table.Length * 7L)
        {
            Grow();
        }

        Place(_table, hash, metric);
        return metric;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Grow()
    {
        var table = new Slot[_table.Length * 2];
        for (int metric = 0; metric < _count - 1; metric++)
        {
            ref MetricEntry entry = ref At(metric);
            Place(table, NameHash.Of(_names.Get(entry.Name, entry.NameLength)), metric);
        }

        _table = table;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(Slot[] table, ulong hash, int metric)
    {
        int mask = table.Length - 1;
        int i = (int)hash & mask;
        while (table[i].Mark != 0)
        {
            i = (i + 1) & mask;
        }

        table[i] = new Slot(Mark(hash), metric);
    }

    /// <summary>The hash's upper half, never zero: zero marks a free slot.</summary>
    private static uint Mark(ulong hash) => (uint)(hash >> 32) | 1;

    private readonly record struct Slot(uint Mark, int Metric);
}
