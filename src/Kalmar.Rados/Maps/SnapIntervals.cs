namespace Kalmar.Rados.Maps;

/// <summary>Sums and differences of sets of snapshot ids that are kept as sorted intervals.</summary>
internal static class SnapIntervals
{
    /// <summary>All ids of both; intervals that touch become one, as in Ceph's interval_set.</summary>
    public static ValueList<SnapInterval> Union(ValueList<SnapInterval> left, ValueList<SnapInterval> right)
    {
        var result = new List<SnapInterval>(left.Count + right.Count);
        foreach (SnapInterval next in left.Concat(right).OrderBy(i => i.Start))
        {
            if (result.Count > 0 && End(result[^1]) >= next.Start)
            {
                SnapInterval last = result[^1];
                result[^1] = last with { Length = Math.Max(End(last), End(next)) - last.Start };
            }
            else
            {
                result.Add(next);
            }
        }

        return [.. result];
    }

    /// <summary>The ids of the first that are not in the second.</summary>
    public static ValueList<SnapInterval> Subtract(ValueList<SnapInterval> from, ValueList<SnapInterval> what)
    {
        var result = new List<SnapInterval>(from.Count);
        foreach (SnapInterval interval in from)
        {
            ulong start = interval.Start;
            foreach (SnapInterval hole in what.Where(h => h.Start < End(interval) && End(h) > interval.Start).OrderBy(h => h.Start))
            {
                if (hole.Start > start)
                {
                    result.Add(new SnapInterval(start, hole.Start - start));
                }

                start = Math.Max(start, End(hole));
            }

            if (start < End(interval))
            {
                result.Add(new SnapInterval(start, End(interval) - start));
            }
        }

        return [.. result];
    }

    private static ulong End(SnapInterval interval)
    {
        ulong end = unchecked(interval.Start + interval.Length);
        return end < interval.Start ? ulong.MaxValue : end;
    }
}
