using Kalmar.Server.History;
using Kalmar.Server.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Server.Tests.History;

public sealed class GraphReaderTests
{
    private readonly ManualTime _time = new(Samples.Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Graphs_are_read_once_for_all_pages_and_anew_after_some_seconds()
    {
        int reads = 0;
        FakeHistory history = new() { Answer = _ => { Interlocked.Increment(ref reads); return [new("s", Samples.Start.ToUnixTimeSeconds() - 60, 10, [1, 2])]; } };
        GraphReader reader = new(history, _time, NullLogger<GraphReader>.Instance);
        IReadOnlyList<GraphData> graphs = await reader.ReadAsync(Samples.Id, Token);
        int once = reads;
        Assert.True(once > 0);
        Assert.All(graphs, g => Assert.True(g.HasPoints));
        Assert.Same(graphs, await reader.ReadAsync(Samples.Id, Token));
        Assert.Equal(once, reads);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.NotSame(graphs, await reader.ReadAsync(Samples.Id, Token));
        Assert.Equal(2 * once, reads);
    }

    [Fact]
    public async Task Window_moves_in_whole_points()
    {
        List<DateTimeOffset> ends = [];
        GraphReader reader = new(new FakeHistory(), _time, NullLogger<GraphReader>.Instance);
        for (int i = 0; i < 8; i++)
        {
            ends.Add((await reader.ReadAsync(Samples.Id, Token))[0].Until);
            _time.Advance(TimeSpan.FromSeconds(7));
        }

        Assert.All(ends, e => Assert.Equal(0, e.ToUnixTimeSeconds() % 20));
    }

    [Fact]
    public async Task Target_that_cannot_be_read_spoils_only_its_own_graph()
    {
        FakeHistory history = new()
        {
            Answer = target => target.Contains("cpu", StringComparison.Ordinal)
                ? throw new HistoryException("no such function")
                : [new("s", Samples.Start.ToUnixTimeSeconds() - 60, 10, [1])],
        };
        GraphReader reader = new(history, _time, NullLogger<GraphReader>.Instance);
        IReadOnlyList<GraphData> graphs = await reader.ReadAsync(Samples.Id, Token);
        GraphData spoilt = Assert.Single(graphs, g => g.Problem is not null);
        Assert.Equal("no such function", spoilt.Problem);
        Assert.True(graphs.Count(g => g.HasPoints) == graphs.Count - 1);
    }

    [Fact]
    public async Task History_with_a_fault_leaves_the_page_standing()
    {
        FakeHistory history = new() { Answer = _ => throw new InvalidOperationException("a fault") };
        GraphReader reader = new(history, _time, NullLogger<GraphReader>.Instance);
        Assert.All(await reader.ReadAsync(Samples.Id, Token), g => Assert.Equal("the history did not answer", g.Problem));
    }

    [Fact]
    public async Task History_that_hangs_does_not_hang_the_page()
    {
        GraphReader reader = new(new HangingHistory(), _time, NullLogger<GraphReader>.Instance);
        IReadOnlyList<GraphData> graphs = await reader.ReadAsync(Samples.Id, Token);
        Assert.All(graphs, g => Assert.Equal("the history is slow to answer", g.Problem));
    }

    private sealed class HangingHistory : IHistory
    {
        public Task<IReadOnlyList<HistorySeries>> ReadAsync(
            string target, DateTimeOffset from, DateTimeOffset until, int maxPoints, CancellationToken cancellationToken) =>
            Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith<IReadOnlyList<HistorySeries>>(_ => [], cancellationToken);
    }
}
