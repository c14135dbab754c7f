using System.Buffers;
using System.Net;
using System.Text;
using Kalmar.Graphite.Cluster;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tests.Oracle;

namespace Kalmar.Graphite.Tests.Cluster;

/// <summary>Other servers as sources: the real graphite-web, dead ones, and ones that send what they should not.</summary>
public sealed class ClusterSourceTests(GraphiteWebFixture oracle)
{
    [Theory]
    [InlineData("target=servers.*.cpu.user&from=-3h")]
    [InlineData("target=sumSeries(data.*)&from=-25h&maxDataPoints=100")]
    [InlineData("target=movingAverage(servers.web1.cpu.user,5)&from=-3d&until=-1h")]
    [InlineData("target=timeShift(mixed.*,'1h')&from=-2h")]
    [InlineData("target=nothing.*&from=-2h")]
    public async Task Series_of_a_real_graphite_web_are_as_if_they_were_ours(string query)
    {
        var client = await oracle.StartAsync();
        using var remote = new RemoteServer(new RemoteServerOptions { Address = client.BaseAddress!, FetchTimeout = TimeSpan.FromSeconds(60) });
        using var nothing = new MemorySource();
        var far = await RenderAsync(new ClusterSource(nothing, [remote]), query);
        Assert.Null(remote.LastError);
        Assert.Equal(await RenderAsync(oracle.Source, query), far);
    }

    [Fact]
    public async Task Names_of_a_real_graphite_web_are_found_once_beside_ours()
    {
        var client = await oracle.StartAsync();
        using var remote = new RemoteServer(new RemoteServerOptions { Address = client.BaseAddress!, FindTimeout = TimeSpan.FromSeconds(60), FetchTimeout = TimeSpan.FromSeconds(60) });
        var both = new ClusterSource(oracle.Source, [remote]);
        List<MetricNode> nodes = [];
        await both.FindAsync(new FindQuery("servers.web1.*.*", WithIntervals: true), nodes, TestContext.Current.CancellationToken);
        Assert.Null(remote.LastError);
        Assert.Equal(3, nodes.Count);
        Assert.All(nodes, n => Assert.True(n.IsLeaf && n.Intervals.Count >= 1));
        List<string> names = [];
        await new ClusterSource(new MemorySource(), [remote]).ListAsync(false, names, TestContext.Current.CancellationToken);
        Assert.Contains("servers.web1.cpu.user", names);
        nodes.Clear();
        await both.FindAsync(new FindQuery("servers.*", LocalOnly: true), nodes, TestContext.Current.CancellationToken);
        Assert.Equal(4, nodes.Count);
    }

    [Fact]
    public async Task Gaps_are_filled_from_another_server()
    {
        var values = Enumerable.Range(0, 10).Select(i => i % 2 == 0 ? (double)i : double.NaN).ToArray();
        using var ours = new MemorySource();
        ours.Set(new Series("m.a", 1_700_000_040, 1_700_000_640, 60, values));
        using var remote = Remote(_ => Answer(Pack("m.a", 1_700_000_040, Enumerable.Range(0, 10).Select(i => i % 2 == 1 ? (double)i : double.NaN).ToArray())));
        var answer = await RenderAsync(new ClusterSource(ours, [remote]), "target=m.a&from=1700000000&until=1700000639", 1_700_000_640);
        Assert.Null(remote.LastError);
        Assert.Contains("[0.0, 1700000040], [1.0, 1700000100], [2.0, 1700000160]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_server_leaves_our_answer_alone_and_is_not_asked_again_at_once()
    {
        using var ours = new MemorySource();
        ours.Set(new Series("m.a", 1_700_000_040, 1_700_000_100, 60, [1]));
        var asked = 0;
        using var remote = Remote(_ =>
        {
            asked++;
            throw new HttpRequestException("nobody there");
        });
        var cluster = new ClusterSource(ours, [remote]);
        for (var i = 0; i < 3; i++)
            Assert.Contains("[1.0, 1700000040]", await RenderAsync(cluster, "target=m.a&from=1700000000&until=1700000099", 1_700_000_100), StringComparison.Ordinal);
        Assert.Equal(1, asked);
        Assert.Equal(1, remote.Failures);
        Assert.Contains("nobody there", remote.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_server_is_left_behind()
    {
        using var ours = new MemorySource();
        ours.Set(new Series("m.a", 1_700_000_040, 1_700_000_100, 60, [1]));
        using var remote = new RemoteServer(
            new RemoteServerOptions { Address = new Uri("http://far/"), FetchTimeout = TimeSpan.FromMilliseconds(50) }, handler: new Handler(async stop =>
            {
                await Task.Delay(Timeout.Infinite, stop);
                throw new InvalidOperationException();
            }));
        Assert.Contains("[1.0, 1700000040]", await RenderAsync(new ClusterSource(ours, [remote]), "target=m.a&from=1700000000&until=1700000099", 1_700_000_100), StringComparison.Ordinal);
        Assert.Contains("no answer", remote.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_truncation_and_many_damages_of_an_answer_are_survived()
    {
        var whole = Pack("m.a", 1_700_000_040, [1, double.NaN, 3.5]);
        var random = new Random(5);
        for (var i = 0; i < whole.Length + 500; i++)
        {
            var bytes = i < whole.Length ? whole[..i] : (byte[])whole.Clone();
            if (i >= whole.Length) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var remote = Remote(_ => Answer(bytes));
            List<Series> series = [];
            await remote.FetchAsync(
                new FetchQuery("m.a", 0, 1, 1, null, false, new Kalmar.Graphite.Evaluation.EvaluationBudget(Kalmar.Graphite.Evaluation.EvaluationLimits.Default)), series, TestContext.Current.CancellationToken);
            if (i < whole.Length) Assert.NotNull(remote.LastError);
        }
    }

    private static RemoteServer Remote(Func<HttpRequestMessage?, HttpResponseMessage> answer) =>
        new(new RemoteServerOptions { Address = new Uri("http://far/") }, handler: new Handler(_ => Task.FromResult(answer(null))));

    private static HttpResponseMessage Answer(byte[] body) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

    private static byte[] Pack(string name, long start, double[] values)
    {
        var output = new ArrayBufferWriter<byte>();
        Kalmar.Graphite.Rendering.Formats.PickleFormat.WriteMessagePack(output, [new Series(name, start, start + (60 * values.Length), 60, values)]);
        return output.WrittenSpan.ToArray();
    }

    private static async Task<string> RenderAsync(IMetricSource source, string query, long now = OracleData.Now)
    {
        var output = new ArrayBufferWriter<byte>();
        var request = RenderRequest.Parse(RenderParameters.OfQuery($"{query}&now={now}&format=json"), TimeProvider.System);
        await new Renderer(source).RenderAsync(request, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private sealed class Handler(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(cancellationToken);
    }
}
