namespace Kalmar.Graphite.Sources;

/// <summary>
/// Several sources as one. A name that more than one of them has is shown once; its values are those of the first that has it, with gaps filled from the
/// others where their steps agree. Safe for several threads when its sources are.
/// </summary>
/// <param name="sources">The sources, that which counts most first.</param>
public sealed class CombinedSource(params IReadOnlyList<IMetricSource> sources) : IMetricSource
{
    /// <inheritdoc/>
    public async ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        HashSet<(string Path, bool IsLeaf)> seen = [];
        List<MetricNode> found = [];
        foreach (var source in sources)
        {
            found.Clear();
            await source.FindAsync(query, found, cancellationToken).ConfigureAwait(false);
            nodes.AddRange(found.Where(n => seen.Add((n.Path, n.IsLeaf))));
        }
    }

    /// <inheritdoc/>
    public async ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(series);
        Dictionary<string, Series> seen = new(StringComparer.Ordinal);
        List<Series> found = [];
        foreach (var source in sources)
        {
            found.Clear();
            await source.FetchAsync(query, found, cancellationToken).ConfigureAwait(false);
            foreach (var one in found)
            {
                if (seen.TryAdd(one.Name, one)) series.Add(one);
                else Fill(seen[one.Name], one);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        HashSet<string> all = new(StringComparer.Ordinal);
        foreach (var source in sources) await source.ListAsync(localOnly, all, cancellationToken).ConfigureAwait(false);
        foreach (var name in all) names.Add(name);
    }

    private static void Fill(Series first, Series other)
    {
        if (first.Step != other.Step || (other.Start - first.Start) % first.Step != 0) return;
        var offset = (first.Start - other.Start) / first.Step;
        for (var i = 0; i < first.Count; i++)
        {
            var at = i + offset;
            if (double.IsNaN(first.Values[i]) && at >= 0 && at < other.Count) first.Values[i] = other.Values[at];
        }
    }
}
