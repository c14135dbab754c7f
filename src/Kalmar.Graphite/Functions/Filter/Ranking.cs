namespace Kalmar.Graphite.Functions.Filter;

/// <summary>Orders series by what an aggregation makes of their values. Equal ones keep their order; those without a value are the least.</summary>
internal static class Ranking
{
    /// <summary>Sorts in place.</summary>
    public static void Sort(List<Series> list, Func<Series, double> keyOf, bool descending)
    {
        var keyed = list.ConvertAll(s => (Key: keyOf(s) is var key && double.IsNaN(key) ? double.NegativeInfinity : key, Series: s));
        var ordered = descending ? keyed.OrderByDescending(k => k.Key) : keyed.OrderBy(k => k.Key);
        var sorted = ordered.Select(k => k.Series).ToList();
        list.Clear();
        list.AddRange(sorted);
    }

    /// <summary>Sorts by an aggregation and keeps the first ones; a negative number leaves out the last ones.</summary>
    public static List<Series> Top(List<Series> list, int count, string function, bool descending)
    {
        var reduce = Aggregation.Get(function);
        Sort(list, s => reduce(s.Points()), descending);
        return First(list, count);
    }

    /// <summary>Keeps the first ones; a negative number leaves out the last ones.</summary>
    public static List<Series> First(List<Series> list, int count) => list.GetRange(0, count >= 0 ? Math.Min(count, list.Count) : Math.Max(list.Count + count, 0));
}
