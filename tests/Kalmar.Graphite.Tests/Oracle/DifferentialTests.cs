using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kalmar.Graphite.Finding;
using Kalmar.Graphite.Rendering;
using Kalmar.Testing;

namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>The same questions to the real graphite-web and to us. What differs must be listed with its reason in docs/graphite-differences.md.</summary>
public sealed class DifferentialTests(GraphiteWebFixture oracle)
{
    [Fact]
    public async Task Answers_equal_those_of_graphite_web()
    {
        var client = await oracle.StartAsync();
        var cases = DifferentialCases.Render().Select(q => (Query: "render?" + q, Render: true))
            .Concat(DifferentialCases.Tagged().Select(q => (Query: "render?" + q, Render: true)))
            .Concat(DifferentialCases.Times().Select(q => (Query: "render?" + q, Render: true)))
            .Concat(DifferentialCases.Find().Select(q => (Query: q, Render: false))).ToList();
        var differences = new ConcurrentBag<(string Query, string Why)>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, cancellation) =>
        {
            using var answer = await client.GetAsync(one.Query, cancellation);
            var theirs = await answer.Content.ReadAsStringAsync(cancellation);
            var (status, ours) = await AskAsync(one.Query);
            if (Compare((int)answer.StatusCode, theirs, status, ours, one.Render) is { } why) differences.Add((Uri.UnescapeDataString(one.Query), why));
        });
        var share = 100.0 * (cases.Count - differences.Count) / cases.Count;
        var report = new StringBuilder();
        var line = string.Create(CultureInfo.InvariantCulture, $"graphite-web differential: {cases.Count - differences.Count} of {cases.Count} cases equal ({share:F2} %)");
        RunNotes.Write("graphite-differential", line);
        report.AppendLine(line);
        foreach (var (query, why) in differences.OrderBy(d => d.Query, StringComparer.Ordinal)) report.AppendLine(CultureInfo.InvariantCulture, $"  {query}\n      {why}");
        Console.WriteLine(report.ToString());
        var known = KnownDifferences();
        var unexplained = differences.Where(d => !known.Any(k => d.Query.Contains(k, StringComparison.Ordinal))).ToList();
        Assert.True(unexplained.Count == 0, $"{unexplained.Count} differences are not listed in docs/graphite-differences.md, first: {unexplained.FirstOrDefault()}");
        Assert.True(cases.Count >= 1_200, $"only {cases.Count} cases");
        Assert.True(share >= 99, $"only {share:F2} % are equal");
    }

    private static List<string> KnownDifferences()
    {
        return [.. File.ReadLines(Path.Combine(RunNotes.Root, "docs", "graphite-differences.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('`')[1])];
    }

    private async Task<(int Status, string Text)> AskAsync(string query)
    {
        var mark = query.IndexOf('?', StringComparison.Ordinal);
        var parameters = RenderParameters.OfQuery(mark < 0 ? "" : query[mark..]);
        var output = new ArrayBufferWriter<byte>();
        try
        {
            switch (mark < 0 ? query : query[..mark])
            {
                case "render":
                    await new Renderer(oracle.Source, events: new Kalmar.Graphite.Events.MemoryEventStore(), tags: oracle.Tags)
                        .RenderAsync(RenderRequest.Parse(parameters, TimeProvider.System), output, CancellationToken.None);
                    break;
                case "metrics/find":
                    await new Finder(oracle.Source).FindAsync(FindRequest.Parse(parameters, TimeProvider.System), output, CancellationToken.None);
                    break;
                case "metrics/expand":
                    await new Finder(oracle.Source).ExpandAsync(
                        [.. parameters.Values("query")], parameters["leavesOnly"] == "1", parameters["groupByExpr"] == "1", false, output, CancellationToken.None);
                    break;
                default:
                    await new Finder(oracle.Source).IndexAsync(false, output, CancellationToken.None);
                    break;
            }

            return (200, Encoding.UTF8.GetString(output.WrittenSpan));
        }
        catch (GraphiteException e)
        {
            return (e.Status, e.Message);
        }
    }

    private static string? Compare(int theirStatus, string theirs, int ourStatus, string ours, bool render)
    {
        if (theirStatus != ourStatus) return $"status {theirStatus} and {ourStatus}: {First(theirs)} | {First(ours)}";
        if (theirStatus != (int)HttpStatusCode.OK) return null;
        if (string.Equals(theirs, ours, StringComparison.Ordinal)) return null;
        if (!render) return SameJson(theirs, ours) ? null : $"{First(theirs)} | {First(ours)}";
        using var a = JsonDocument.Parse(Limits(theirs));
        using var b = JsonDocument.Parse(Limits(ours));
        var (left, right) = (a.RootElement, b.RootElement);
        if (left.GetArrayLength() != right.GetArrayLength()) return $"{left.GetArrayLength()} and {right.GetArrayLength()} series";
        for (var i = 0; i < left.GetArrayLength(); i++)
        {
            if (Compare(left[i], right[i]) is { } why) return why;
        }

        return null;
    }

    private static bool SameJson(string theirs, string ours)
    {
        // Several nodes of one name come in any order from graphite-web.
        static string Normal(string text) => string.Join(',', Regex.Matches(text, "\\{[^{}]*\\}|\"[^\"]*\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => m.Value).Order(StringComparer.Ordinal));
        return theirs.Length == ours.Length && Normal(theirs) == Normal(ours);
    }

    private static string? Compare(JsonElement theirs, JsonElement ours)
    {
        var name = theirs.GetProperty("target").GetString();
        if (name != ours.GetProperty("target").GetString()) return $"name {name} and {ours.GetProperty("target")}";
        if (theirs.GetProperty("tags").GetRawText() != ours.GetProperty("tags").GetRawText())
        {
            static string Tags(JsonElement e) => string.Join(';', e.GetProperty("tags").EnumerateObject().Select(p => $"{p.Name}={p.Value}").Order(StringComparer.Ordinal));
            if (Tags(theirs) != Tags(ours)) return $"tags of {name}: {theirs.GetProperty("tags")} and {ours.GetProperty("tags")}";
        }

        var (a, b) = (theirs.GetProperty("datapoints"), ours.GetProperty("datapoints"));
        if (a.GetArrayLength() != b.GetArrayLength()) return $"{name} has {a.GetArrayLength()} and {b.GetArrayLength()} points";
        foreach (var (p, q) in a.EnumerateArray().Zip(b.EnumerateArray()))
        {
            if (p[1].GetInt64() != q[1].GetInt64()) return $"{name}: time {p[1]} and {q[1]}";
            if (p[0].ValueKind != q[0].ValueKind) return $"{name} at {p[1]}: {p[0]} and {q[0]}";
            if (p[0].ValueKind != JsonValueKind.Number) continue;
            var (x, y) = (p[0].GetDouble(), q[0].GetDouble());
            if (Math.Abs(x - y) > 1e-9 * Math.Max(Math.Abs(x), Math.Abs(y)) && Math.Abs(x - y) > 1e-12) return $"{name} at {p[1]}: {p[0]} and {q[0]}";
        }

        return null;
    }

    private static string Limits(string json) => json.Replace("1e9999", "1e300", StringComparison.Ordinal).Replace("Infinity", "1e300", StringComparison.Ordinal);

    private static string First(string text) => text.ReplaceLineEndings(" ") is { Length: > 300 } one ? one[..300] : text.ReplaceLineEndings(" ");
}
