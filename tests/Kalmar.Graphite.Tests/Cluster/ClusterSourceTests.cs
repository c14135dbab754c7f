using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Kalmar.Graphite.Cluster;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Rendering.Formats;
using Kalmar.Graphite.Sources;
using Kalmar.Graphite.Tests.Oracle;
using Kalmar.Testing;

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
    [InlineData("target=servers.*.cpu.user&from=-3h", "?format=pickle")]
    [InlineData("target=sumSeries(data.*)&from=-25h&maxDataPoints=100", "?format=pickle")]
    public async Task Series_of_a_real_graphite_web_are_as_if_they_were_ours(string query, string form = "")
    {
        var client = await oracle.StartAsync();
        using var remote = new RemoteServer(RemoteServerOptions.Parse(client.BaseAddress + form)! with { FetchTimeout = TimeSpan.FromSeconds(60) });
        using var nothing = new MemorySource();
        var far = await RenderAsync(new ClusterSource(nothing, [remote]), query);
        Assert.Null(remote.LastError);
        Assert.Equal(await RenderAsync(oracle.Source, query), far);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=pickle")]
    public async Task Names_of_a_real_graphite_web_are_found_once_beside_ours(string form)
    {
        var client = await oracle.StartAsync();
        using var remote = new RemoteServer(RemoteServerOptions.Parse(client.BaseAddress + form)! with { FindTimeout = TimeSpan.FromSeconds(60), FetchTimeout = TimeSpan.FromSeconds(60) });
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

    [Theory]
    [InlineData(RemoteFormat.MessagePack)]
    [InlineData(RemoteFormat.Pickle)]
    public async Task Every_truncation_and_many_damages_of_an_answer_are_survived(RemoteFormat format)
    {
        var whole = Pack("m.a", 1_700_000_040, [1, double.NaN, 3.5], format);
        var random = new Random(5);
        for (var i = 0; i < whole.Length + 500; i++)
        {
            var bytes = i < whole.Length ? whole[..i] : (byte[])whole.Clone();
            if (i >= whole.Length) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using var remote = Remote(_ => Answer(bytes), format);
            List<Series> series = [];
            await remote.FetchAsync(
                new FetchQuery("m.a", 0, 1, 1, null, false, new Kalmar.Graphite.Evaluation.EvaluationBudget(Kalmar.Graphite.Evaluation.EvaluationLimits.Default)), series, TestContext.Current.CancellationToken);
            if (i < whole.Length) Assert.NotNull(remote.LastError);
        }
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'touch {0}'\ntR.")]
    [InlineData("cposix\nsystem\n(S'touch {0}'\no.")]
    [InlineData("(S'touch {0}'\nios\nsystem\n.")]
    [InlineData("cgraphite.intervals\nInterval\n(S'touch {0}'\ntR.")]
    [InlineData("(lp0\n(dS'path'\nS'm.a'\nsS'is_leaf'\nI01\nsS'intervals'\ncbuiltins\neval\n(S'touch {0}'\ntRsa.")]
    public async Task Pickle_that_would_run_something_is_refused_and_runs_nothing(string pickle)
    {
        using var folder = new TemporaryFolder();
        var mark = folder.File("mark");
        using var remote = Remote(_ => Answer(Encoding.ASCII.GetBytes(string.Format(CultureInfo.InvariantCulture, pickle, mark))), RemoteFormat.Pickle);
        List<MetricNode> nodes = [];
        await remote.FindAsync(new FindQuery("m.*"), nodes, TestContext.Current.CancellationToken);
        Assert.Empty(nodes);
        Assert.Contains("refused", remote.LastError, StringComparison.Ordinal);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task Objects_of_intervals_that_python_2_wrote_are_read_as_data()
    {
        // pickle.dumps([{'metric_path': 'm.a', 'isLeaf': True, 'intervals': IntervalSet([Interval(10, 20.5)])}]) of an old-style class, protocol 0.
        const string Pickle = "(lp0\n(dp1\nS'metric_path'\np2\nS'm.a'\np3\nsS'isLeaf'\np4\nI01\nsS'intervals'\np5\n(igraphite.intervals\nIntervalSet\np6\n"
            + "(dp7\nS'size'\np8\nF10.5\nsS'intervals'\np9\n(lp10\n(igraphite.intervals\nInterval\np11\n(dp12\nS'start'\np13\nI10\nsS'end'\np14\nF20.5\nsbasbsa.";
        using var remote = Remote(_ => Answer(Encoding.ASCII.GetBytes(Pickle)), RemoteFormat.Pickle);
        List<MetricNode> nodes = [];
        await remote.FindAsync(new FindQuery("m.*"), nodes, TestContext.Current.CancellationToken);
        Assert.Null(remote.LastError);
        Assert.Equal(("m.a", true, new TimeInterval(10, 20.5)), (nodes.Single().Path, nodes[0].IsLeaf, nodes[0].Intervals.Single()));
    }

    [Theory]
    [InlineData("http://10.0.0.7:8080", RemoteFormat.MessagePack, "http://10.0.0.7:8080/")]
    [InlineData("https://far/graphite?format=pickle", RemoteFormat.Pickle, "https://far/graphite")]
    [InlineData("http://far?format=msgpack", RemoteFormat.MessagePack, "http://far/")]
    public void Address_tells_the_form_of_answers(string text, RemoteFormat format, string address) =>
        Assert.Equal((format, address), (RemoteServerOptions.Parse(text)!.Format, RemoteServerOptions.Parse(text)!.Address.AbsoluteUri));

    [Theory]
    [InlineData("ftp://far")]
    [InlineData("far:8080")]
    [InlineData("http://far?format=json")]
    [InlineData("http://far?local=0")]
    public void Address_that_is_none_is_refused(string text) => Assert.Null(RemoteServerOptions.Parse(text));

    private static RemoteServer Remote(Func<HttpRequestMessage?, HttpResponseMessage> answer, RemoteFormat format = RemoteFormat.MessagePack) =>
        new(new RemoteServerOptions { Address = new Uri("http://far/"), Format = format }, handler: new Handler(_ => Task.FromResult(answer(null))));

    private static HttpResponseMessage Answer(byte[] body) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

    private static byte[] Pack(string name, long start, double[] values, RemoteFormat format = RemoteFormat.MessagePack)
    {
        var output = new ArrayBufferWriter<byte>();
        List<Series> all = [new Series(name, start, start + (60 * values.Length), 60, values)];
        if (format == RemoteFormat.Pickle) PickleFormat.WritePickle(output, all);
        else PickleFormat.WriteMessagePack(output, all);
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
