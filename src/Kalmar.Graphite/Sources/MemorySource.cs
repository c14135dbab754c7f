namespace Kalmar.Graphite.Sources;

/// <summary>Series held in memory, for tests and for showing what is not kept in files. Safe for several threads.</summary>
public sealed class MemorySource : IMetricSource, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly MetricIndex _index = new();

    /// <summary>Adds a series, or replaces the one of that name.</summary>
    public void Set(Series series)
    {
        ArgumentNullException.ThrowIfNull(series);
        lock (_gate) _series[series.Name] = series;
        _index.Add(series.Name);
    }

    /// <inheritdoc/>
    public ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        _index.Find(query.Pattern, query.LeavesOnly, query.Limit, nodes);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(series);
        List<MetricNode> nodes = [];
        _index.Find(query.Pattern, leavesOnly: true, FindQuery.DefaultLimit, nodes);
        lock (_gate)
        {
            foreach (var node in nodes)
            {
                if (_series.TryGetValue(node.Path, out var stored)) series.Add(Cut(stored, query));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        _index.CopyTo(names);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _index.Dispose();

    // As a Whisper file answers: the first value is the one after From, the last one at or after Until.
    private static Series Cut(Series stored, FetchQuery query)
    {
        var step = stored.Step;
        var from = query.From - Mod(query.From, step) + step;
        var until = query.Until - Mod(query.Until, step) + step;
        if (until == from) until += step;
        query.Budget.Values((until - from) / step);
        var values = new double[(until - from) / step];
        for (var i = 0; i < values.Length; i++)
        {
            var at = (from + (i * step) - stored.Start) / step;
            values[i] = from + (i * step) >= stored.Start && at < stored.Count ? stored.Values[at] : double.NaN;
        }

        return new Series(stored.Name, from, until, step, values);
    }

    private static long Mod(long value, long by) => ((value % by) + by) % by;
}
