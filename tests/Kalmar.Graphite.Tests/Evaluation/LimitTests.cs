using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests.Evaluation;

public sealed class LimitTests
{
    [Theory]
    [InlineData("time('t',1)", "from=19760101&until=20261101")]
    [InlineData("events('*')", "from=19760101&until=20261101")]
    [InlineData("summarize(m.a,'1s')", "from=19760101&until=20261101")]
    [InlineData("timeStack(m.a,'1d',0,100000)", "from=-1h")]
    [InlineData("stacked(randomWalk('w',1))", "from=-10y")]
    public async Task Bombs_are_refused_with_422(string target, string window)
    {
        using var source = Source();
        var error = await Assert.ThrowsAsync<GraphiteException>(() => Answers.RenderAsync(source, $"target={Uri.EscapeDataString(target)}&{window}&format=raw"));
        Assert.Equal(422, error.Status);
    }

    [Theory]
    [InlineData("summarize(m.a,'0s')")]
    [InlineData("summarize(m.a,'-1h')")]
    [InlineData("time('t',0)")]
    [InlineData("grep(m.a,'(')")]
    [InlineData("log(m.a,1)")]
    [InlineData("sumSeries(5)")]
    [InlineData("scale(m.a)")]
    [InlineData("scale(m.a,1,2,3)")]
    [InlineData("movingAverage(m.a,-5)")]
    [InlineData("nPercentile(m.a,0)")]
    public async Task Impossible_arguments_are_refused_with_400(string target)
    {
        using var source = Source();
        var error = await Assert.ThrowsAsync<GraphiteException>(() => Answers.RenderAsync(source, $"target={Uri.EscapeDataString(target)}&from=-1h&format=raw"));
        Assert.Equal(400, error.Status);
    }

    [Fact]
    public async Task Backtracking_pattern_ends()
    {
        using var source = Source();
        var name = new string('a', 2_000);
        var answer = await Answers.RenderAsync(source, $"target=grep(alias(m.a,'{name}'),'^(a%2B)%2B%24x')&from=-1h&format=raw");
        Assert.Equal(string.Empty, answer);
    }

    [Fact]
    public async Task Window_of_a_year_moves_over_an_hour()
    {
        using var source = Source();
        var answer = await Answers.RenderAsync(source, "target=movingAverage(m.a,'1y')&from=-1h&format=json");
        Assert.Contains("movingAverage(m.a,\\\"1y\\\")", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_beyond_the_limit_are_refused_and_cancelled_requests_end()
    {
        using var source = Source();
        var options = new RendererOptions { Limits = new EvaluationLimits { MaxValues = 10 } };
        Assert.Equal(422, (await Assert.ThrowsAsync<GraphiteException>(() => Answers.RenderAsync(source, "target=m.a&from=-1h&format=raw", options))).Status);
        var request = RenderRequest.Parse(RenderParameters.OfQuery("target=m.a&from=-1h&format=raw"), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await new Renderer(source).EvaluateAsync(request, new CancellationToken(canceled: true)));
    }

    private static MemorySource Source()
    {
        var source = new MemorySource();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        source.Set(new Series("m.a", now - 7200, now + 60, 60, [.. Enumerable.Range(0, 121).Select(i => (double)i)]));
        return source;
    }
}
