using System.Net;
using System.Text;
using Kalmar.Graphite.Sources;
using Kalmar.Server.Endpoints;

namespace Kalmar.Server.Tests.Graphite;

/// <summary>Requests that want too much, want what is not theirs, or come from where they should not.</summary>
public sealed class GraphiteSafetyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int> Bombs() => new()
    {
        { string.Concat(Enumerable.Repeat("absolute(", 10_000)) + "servers.web1.cpu" + new string(')', 10_000), "-1h", 422 },
        { string.Concat(Enumerable.Repeat("sumSeries(servers.*.*,", 150)) + "servers.web1.cpu" + new string(')', 150), "-1h", 200 },
        { "time('t',1)", "-50y", 422 },
        { "randomWalk('w',1)", "-50y", 422 },
        { "movingAverage(time('t',1),'3y')", "-1d", 422 },
        { "movingAverage(servers.web1.cpu,'1y')", "-1h", 200 },
        { "movingMedian(servers.web1.cpu,'50y')", "-1h", 200 },
        { "grep(servers.*.*,'^(([a-z.0-9])+)+x$')", "-1h", 200 },
        { "grep(servers.*.*,'(?=(a+)+b)^(\\w+\\s?)*\\1$')", "-1h", 200 },
        { "aliasSub(servers.*.*,'(.*)*(.*)*(.*)*y','x')", "-1h", 200 },
        { "servers." + string.Concat(Enumerable.Repeat("{a,b,c,d}", 12)) + ".cpu", "-1h", 422 },
        { string.Concat(Enumerable.Repeat("*", 5_000)) + "x", "-1h", 200 },
        { string.Join('.', Enumerable.Repeat("**", 30)) + ".x", "-1h", 200 },
        { "summarize(constantLine(1),'1s')", "-50y", 422 },
        { "timeStack(servers.web1.cpu,'1s',0,1000000000)", "-1h", 422 },
        { "holtWintersForecast(time('t',1),'50y','1s')", "-1h", 422 },
        { "nosuch(servers.web1.cpu)", "-1h", 400 },
        { "substr(servers.web1.cpu,999999999999999999999)", "-1h", 400 },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Target_that_wants_too_much_is_answered_or_refused_soon(string target, string from, int status)
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using FormUrlEncodedContent form = new([new("target", target), new("from", from), new("format", "json")]);
        long before = GC.GetTotalAllocatedBytes();
        using HttpResponseMessage answer = await server.Client.PostAsync("render", form, Stop);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text[..Math.Min(text.Length, 300)]}");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 1_500_000_000L, "too much memory");
        if (status != 200) Assert.True(text.Length is > 10 and < 2_000 && !text.Contains('\n'), text);
    }

    [Fact]
    public async Task Glob_over_a_million_names_is_refused_when_it_matches_too_many()
    {
        using MemoryIndexSource source = new();
        for (int i = 0; i < 1_000_000; i++) source.Index.Add($"m{i % 1000}.n{i / 1000}");
        await using GraphiteServer server = await GraphiteServer.StartAsync(o => o with { Source = source });
        using HttpResponseMessage render = await server.Client.GetAsync("render?target=*.*&format=json", Stop);
        Assert.Equal(422, (int)render.StatusCode);
        Assert.Contains("narrower", await render.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Contains("\"m7\"", await server.Client.GetStringAsync("metrics/find?query=m7", Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..secret")]
    [InlineData("../secret")]
    [InlineData("..%2Fsecret")]
    [InlineData("/etc/passwd")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("link.secret")]
    [InlineData("linked")]
    [InlineData("link.*")]
    [InlineData("*.secret")]
    [InlineData("servers.web1.%00..%2Fsecret")]
    [InlineData("servers\\..\\..\\secret")]
    [InlineData("....secret")]
    [InlineData("secret;a=../../secret")]
    [InlineData("{..,servers}.secret")]
    [InlineData("**.secret")]
    public async Task Path_leads_nowhere_outside_the_folder(string target)
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        string outside = Path.Combine(server.Folder, "outside");
        GraphiteServer.Make(outside, "secret");
        File.Copy(Path.Combine(outside, "secret.wsp"), Path.Combine(server.Folder, "secret.wsp"));
        Directory.CreateSymbolicLink(Path.Combine(server.Folder, "whisper", "link"), outside);
        File.CreateSymbolicLink(Path.Combine(server.Folder, "whisper", "linked.wsp"), Path.Combine(outside, "secret.wsp"));
        server.Source.Rescan();
        foreach (string path in new[] { $"render?target={target}&from=-1h&format=json", $"metrics/find?query={target}&format=completer", $"metrics/expand?query={target}" })
        {
            using HttpResponseMessage answer = await server.Client.GetAsync(path, Stop);
            string text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.True((int)answer.StatusCode is 200 or 400, text);
            if (answer.IsSuccessStatusCode) Assert.Contains(text, new[] { "[]", "{\"metrics\": []}", "{\"results\": []}" });
        }
    }

    [Fact]
    public async Task Answer_nobody_waits_for_is_given_up()
    {
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using GraphiteServer server = await GraphiteServer.StartAsync(o => o with { Source = new PatientSource(cancelled) });
        using CancellationTokenSource leave = new(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Client.GetAsync("render?target=a&format=json", leave.Token));
        Assert.True(await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop));
    }

    [Fact]
    public async Task Body_beyond_the_limit_is_refused()
    {
        await using GraphiteServer server = await GraphiteServer.StartAsync();
        using StringContent large = new("target=" + new string('a', 2_000_000), Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage answer = await server.Client.PostAsync("render", large, Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_not_read_or_store_is_told_so()
    {
        await using GraphiteServer closed = await GraphiteServer.StartAsync(o => o with { AnonymousRead = GraphiteAudience.Nobody, AnonymousWrite = GraphiteAudience.Nobody });
        foreach (string path in new[] { "render?target=a&format=json", "metrics/find?query=*", "tags", "events/get_data", "dashboard/find", "functions" })
        {
            using HttpResponseMessage answer = await closed.Client.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        await using GraphiteServer open = await GraphiteServer.StartAsync(o => o with { AnonymousRead = GraphiteAudience.Everybody });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(open, HttpMethod.Get, "tags", null, null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(open, HttpMethod.Get, "tags", "X-Forwarded-For", "10.1.2.3"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(open, HttpMethod.Post, "tags/tagSeries?path=a;b=c", null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(open, HttpMethod.Post, "tags/tagSeries?path=a;b=c", "X-Forwarded-For", "10.1.2.3"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(open, HttpMethod.Post, "tags/tagSeries?path=a;b=c", "Host", "evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(open, HttpMethod.Post, "tags/tagSeries?path=a;b=c", "Origin", "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(open, HttpMethod.Get, "dashboard/delete/x", "Sec-Fetch-Site", "cross-site"));
    }

    private static async Task<HttpStatusCode> StatusAsync(GraphiteServer server, HttpMethod method, string path, string? header, string? value)
    {
        using HttpRequestMessage request = new(method, path);
        if (header is not null) request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage answer = await server.Client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private sealed class MemoryIndexSource : IMetricSource, IDisposable
    {
        public MetricIndex Index { get; } = new();

        public ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
        {
            Index.Find(query.Pattern, query.LeavesOnly, query.Limit, nodes);
            return ValueTask.CompletedTask;
        }

        public ValueTask FetchAsync(FetchQuery query, List<Kalmar.Graphite.Series> series, CancellationToken cancellationToken)
        {
            Index.Find(query.Pattern, true, query.Budget.Limits.MaxSeries, []);
            return ValueTask.CompletedTask;
        }

        public ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Dispose() => Index.Dispose();
    }

    private sealed class PatientSource(TaskCompletionSource<bool> cancelled) : IMetricSource
    {
        public ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public async ValueTask FetchAsync(FetchQuery query, List<Kalmar.Graphite.Series> series, CancellationToken cancellationToken)
        {
            await using (cancellationToken.Register(() => cancelled.TrySetResult(true))) await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
