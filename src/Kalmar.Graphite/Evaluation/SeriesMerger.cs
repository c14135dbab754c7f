namespace Kalmar.Graphite.Evaluation;

/// <summary>Several sources may know the same series: one row is made of theirs.</summary>
internal static class SeriesMerger
{
    /// <summary>Sorts by name and merges rows of the same name: gaps of the first are filled from rows of the same length, and of different ones the fuller wins.</summary>
    public static List<Series> Merge(List<Series> fetched)
    {
        if (fetched.Count < 2) return fetched;
        var sorted = true;
        for (var i = 1; i < fetched.Count && sorted; i++) sorted = string.CompareOrdinal(fetched[i - 1].Name, fetched[i].Name) < 0;
        if (sorted) return fetched;
        var merged = new List<Series>(fetched.Count);
        foreach (var series in fetched.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            if (merged.Count == 0 || merged[^1].Name != series.Name) merged.Add(series);
            else merged[^1] = Better(merged[^1], series);
        }

        return merged;
    }

    private static Series Better(Series known, Series other)
    {
        if (other.Count == known.Count && other.Start == known.Start && other.Step == known.Step)
        {
            var values = known.Values;
            for (var i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i])) values[i] = other.Values[i];
            }

            return known;
        }

        return other.Count > 0 && Gaps(other) < Gaps(known) ? other : known;
    }

    private static int Gaps(Series series) => series.Values.Count(double.IsNaN);
}
