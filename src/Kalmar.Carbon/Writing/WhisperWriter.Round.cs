using Kalmar.Carbon.Cache;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Writing;

/// <content>One round over the series that have points waiting.</content>
public sealed partial class WhisperWriter
{
    /// <summary>So many refusals one after another are the disk's, not one file's.</summary>
    private const int RefusalsInARow = 16;

    private readonly List<DirtyMetric> _dirty = [];
    private readonly List<DirtyMetric> _again = [];
    private readonly byte[] _name = new byte[MetricName.MaxLength];
    private WhisperPoint[] _points = new WhisperPoint[256];
    private int _refusals;
    private int _later;
    private string? _refusal;
    private int _rounds;
    private bool _newOnes;

    private void Round()
    {
        IReadOnlyList<CacheShard> shards = _cache.Shards;
        long mark = Journal?.Seal() ?? 0;
        _later = 0;
        for (int shard = 0; shard < shards.Count; shard++)
        {
            shards[shard].TakeDirty(shard, _dirty);
        }

        Order();
        long start = _time.GetTimestamp();
        _refusals = 0;
        bool written = false;
        for (int i = 0; i < _dirty.Count; i++)
        {
            if (_refusals >= RefusalsInARow || !TakeUpdate())
            {
                for (; i < _dirty.Count; i++)
                {
                    _again.Add(_dirty[i]);
                }

                break;
            }

            written |= Write(_dirty[i]);
        }

        if (_again.Count + _later == 0)
        {
            // Every point that was taken before the mark is in its file.
            Journal?.Release(mark);
        }

        foreach (DirtyMetric metric in _again)
        {
            shards[metric.Shard].Relist(metric.Metric);
        }

        _dirty.Clear();
        _again.Clear();
        Counters.Took(_time.GetElapsedTime(start));
        Judge(written);
        if (++_rounds % 1000 == 0)
        {
            foreach (CacheShard shard in shards)
            {
                shard.Forget(_options.ForgetAfterRounds);
            }
        }
    }

    /// <summary>Waits its turn; false when the writer is to stop meanwhile.</summary>
    private bool TakeUpdate()
    {
        bool stoppingBefore = State == WriterState.Draining;
        while (!_updates.TryTake())
        {
            if (_stopping && !stoppingBefore)
            {
                return false;
            }

            _wake.WaitOne(_updates.Delay() + TimeSpan.FromMilliseconds(1));
        }

        return true;
    }

    private void Order()
    {
        switch (_options.Strategy)
        {
            case WriteStrategy.Naive:
                break;
            case WriteStrategy.Random:
                Random.Shared.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_dirty));
                break;
            case WriteStrategy.TimeSorted:
                _dirty.Sort((a, b) => a.Oldest.CompareTo(b.Oldest));
                break;
            case WriteStrategy.Sorted or WriteStrategy.Max:
                // Usually all have the same number; then there is nothing to sort.
                if (_dirty.Exists(m => m.Count != _dirty[0].Count))
                {
                    _dirty.Sort((a, b) => b.Count.CompareTo(a.Count));
                }

                break;
            default:
                throw new InvalidOperationException($"no strategy {_options.Strategy}");
        }
    }

    /// <summary>Writes a series' points; whether they are in its file now.</summary>
    private bool Write(DirtyMetric metric)
    {
        CacheShard shard = _cache.Shards[metric.Shard];
        int taken = shard.BeginWrite(metric.Metric, ref _points, _name, out int nameLength, out FileKnowledge file);
        int count = PointOrder.Sort(_points, taken);
        ReadOnlySpan<byte> name = _name.AsSpan(0, nameLength);
        Outcome outcome;
        try
        {
            outcome = WriteFile(name, _points.AsSpan(0, count), ref file);
        }
        catch (WhisperCorruptException e)
        {
            outcome = Recover(name, _points.AsSpan(0, count), e, ref file);
        }
        catch (IOException e)
        {
            outcome = Refused(e, taken);
        }
        catch (UnauthorizedAccessException e)
        {
            outcome = Refused(e, taken);
        }

        int gone = shard.EndWrite(metric.Metric, taken, outcome is Outcome.Written or Outcome.Lost, file);
        _cache.Release(gone);
        _later += outcome == Outcome.Later ? 1 : 0;
        if (outcome == Outcome.Written)
        {
            _refusals = 0;
            Counters.Updated(count);
            Tags?.Updated(name);
        }

        return outcome == Outcome.Written;
    }

    private Outcome WriteFile(ReadOnlySpan<byte> name, ReadOnlySpan<WhisperPoint> points, ref FileKnowledge file)
    {
        long now = _time.GetUtcNow().ToUnixTimeSeconds();
        if (file == FileKnowledge.Unknown && _newOnes && !_creates.IsLimited && !name.Contains((byte)';'))
        {
            // New series come in bursts: after one without a file the next is made at once, without a look for its file. A tagged one may
            // have a file under its older name.
            _newOnes = Create(name, points, now);
            file = FileKnowledge.Present;
            return Outcome.Written;
        }

        if (file != FileKnowledge.Missing && _store.TryUpdate(name, points, now))
        {
            file = FileKnowledge.Present;
            return Outcome.Written;
        }

        file = FileKnowledge.Missing;
        if (State != WriterState.Draining && !_creates.TryTake())
        {
            Counters.DelayedCreate();
            return Outcome.Later;
        }

        _newOnes = Create(name, points, now);
        file = FileKnowledge.Present;
        return Outcome.Written;
    }

    /// <summary>Makes a series' file; whether there was none. Its points are in it in any case.</summary>
    private bool Create(ReadOnlySpan<byte> name, ReadOnlySpan<WhisperPoint> points, long now)
    {
        bool made = _store.Create(name, HeaderFor(name), points, now);
        if (made)
        {
            Counters.Created();
            Tags?.Created(name);
        }

        return made;
    }

    /// <summary>Puts a damaged file aside and makes it anew.</summary>
    private Outcome Recover(ReadOnlySpan<byte> name, ReadOnlySpan<WhisperPoint> points, WhisperCorruptException damage, ref FileKnowledge file)
    {
        try
        {
            string? aside = _store.PutAside(name, damage.Damage);
            if (aside is not null)
            {
                Counters.PutAside();
                Notice(WriterNoticeKind.DamagedFile, $"{damage.Message}; put aside as {aside}");
            }

            file = FileKnowledge.Missing;
            return WriteFile(name, points, ref file);
        }
        catch (IOException e)
        {
            return Refused(e, points.Length);
        }
        catch (UnauthorizedAccessException e)
        {
            return Refused(e, points.Length);
        }
    }

    private Outcome Refused(Exception e, int points)
    {
        Counters.Failed();
        if (e is WhisperStorageException { IsTransient: false })
        {
            Counters.Lost(points);
            Notice(WriterNoticeKind.PointsLost, $"{points} points given up: {e.Message}");
            return Outcome.Lost;
        }

        _refusals++;
        _refusal = e.Message;
        return Outcome.Later;
    }

    /// <summary>Tells the disk's refusals from those of single files, once a round.</summary>
    private void Judge(bool written)
    {
        if (_refusal is null)
        {
            if (written && Trouble is { } before)
            {
                Trouble = null;
                Notice(WriterNoticeKind.DiskWorksAgain, $"points are written again; before: {before}");
            }
        }
        else if (Trouble is null)
        {
            Trouble = _refusal;
            Notice(WriterNoticeKind.DiskRefuses, $"points wait in the cache: {_refusal}");
        }

        if (State is WriterState.Running or WriterState.WaitingForDisk)
        {
            Set(_refusal is null ? WriterState.Running : WriterState.WaitingForDisk);
        }

        _refusal = null;
    }

    private enum Outcome
    {
        Written,
        Later,
        Lost,
    }
}
