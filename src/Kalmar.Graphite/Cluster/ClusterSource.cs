using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Cluster;

/// <summary>
/// Our own metrics together with those of other servers. All are asked at once; a series that several know is merged when it is evaluated. A
/// request that asks only this server, as other servers of a cluster do, leaves the others out, so that questions never go in a circle.
/// </summary>
public sealed class ClusterSource(IMetricSource local, IReadOnlyList<RemoteServer> servers) : IMetricSource
{
    /// <summary>The other servers.</summary>
    public IReadOnlyList<RemoteServer> Servers { get; } = servers;

    /// <inheritdoc/>
    public async ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(nodes);
        var answers = await AskAsync<MetricNode>(query.LocalOnly, (source, found) => source.FindAsync(query, found, cancellationToken)).ConfigureAwait(false);
        if (answers.Length == 1)
        {
            nodes.AddRange(answers[0]);
            return;
        }

        // A name that several servers know is told once, for all times that they have together.
        foreach (var same in answers.SelectMany(a => a).GroupBy(n => (n.Path, n.IsLeaf)))
            nodes.Add(same.First() with { Intervals = [.. same.SelectMany(n => n.Intervals).Distinct()] });
    }

    /// <inheritdoc/>
    public async ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(series);
        foreach (var answer in await AskAsync<Series>(query.LocalOnly, (source, found) => source.FetchAsync(query, found, cancellationToken)).ConfigureAwait(false))
            series.AddRange(answer);
    }

    /// <inheritdoc/>
    public async ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var answer in await AskAsync<string>(localOnly, (source, found) => source.ListAsync(true, found, cancellationToken)).ConfigureAwait(false))
        {
            foreach (var name in answer) names.Add(name);
        }
    }

    private async ValueTask<List<T>[]> AskAsync<T>(bool localOnly, Func<IMetricSource, List<T>, ValueTask> ask)
    {
        IMetricSource[] sources = localOnly ? [local] : [local, .. Servers];
        var answers = sources.Select(_ => new List<T>()).ToArray();
        await Task.WhenAll(sources.Select((s, i) => ask(s, answers[i]).AsTask())).ConfigureAwait(false);
        return answers;
    }
}
