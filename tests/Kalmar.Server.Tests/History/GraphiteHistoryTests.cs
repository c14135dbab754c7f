using Kalmar.Graphite;
using Kalmar.Graphite.Sources;
using Kalmar.Server.History;
using Kalmar.Server.Tests.Hosting;

namespace Kalmar.Server.Tests.History;

public sealed class GraphiteHistoryTests
{
    private static readonly DateTimeOffset From = Samples.Start;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Target_is_evaluated_and_consolidated()
    {
        using MemorySource source = new();
        long start = From.ToUnixTimeSeconds();
        source.Set(new Series("servers.alpha.loadavg.01", start, start + 3600, 10, [.. Enumerable.Range(0, 360).Select(i => (double)i)]));
        GraphiteHistory history = new(source);
        IReadOnlyList<HistorySeries> found = await history.ReadAsync("aliasByNode(servers.*.loadavg.01,1)", From, From.AddHours(1), 180, Token);
        HistorySeries series = Assert.Single(found);
        Assert.Equal("alpha", series.Name);
        Assert.Equal(20, series.Step);
        Assert.Equal(180, series.Values.Count);
        Assert.Equal(series.Values[0] + 2, series.Values[1], 9);
    }

    [Fact]
    public async Task Unknown_series_are_none()
    {
        using MemorySource source = new();
        Assert.Empty(await new GraphiteHistory(source).ReadAsync("no.such.series", From, From.AddHours(1), 180, Token));
    }

    [Fact]
    public async Task Target_that_is_none_is_a_clear_error()
    {
        using MemorySource source = new();
        HistoryException e = await Assert.ThrowsAsync<HistoryException>(
            () => new GraphiteHistory(source).ReadAsync("noSuchFunction(a.b)", From, From.AddHours(1), 180, Token));
        Assert.Contains("noSuchFunction", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_graph_of_a_cluster_has_targets_that_can_be_evaluated()
    {
        using MemorySource source = new();
        GraphiteHistory history = new(source);
        foreach (GraphLine line in ClusterGraphs.Of(Samples.Id).SelectMany(g => g.Lines))
        {
            Assert.Empty(await history.ReadAsync(line.Target, From, From.AddHours(1), 180, Token));
        }
    }
}
