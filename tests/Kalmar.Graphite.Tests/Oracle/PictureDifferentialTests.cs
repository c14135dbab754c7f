using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kalmar.Graphite.Rendering;
using Kalmar.Testing;

namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>Typical graphs by graphite-web and by us: the same size, and the same text on axes, in legend and title.</summary>
public sealed class PictureDifferentialTests(GraphiteWebFixture oracle)
{
    private static readonly string[] s_graphs =
    [
        "target=servers.web1.cpu.user&from=-3h", "target=servers.*.cpu.user&from=-24h&width=800&height=400&title=Load&vtitle=percent",
        "target=servers.*.cpu.user&from=-24h&areaMode=stacked&width=600&height=300", "target=servers.*.cpu.user&from=-1h&areaMode=all&areaAlpha=0.4&width=500&height=300",
        "target=data.gaps&target=data.holes&from=-6h&lineMode=connected&width=600", "target=data.gaps&from=-2h&lineMode=staircase&drawNullAsZero=true&width=600",
        "target=servers.web1.net.bytes&from=-3d&width=800&height=300&yUnitSystem=binary", "target=servers.web1.net.bytes&from=-7d&width=800&height=300&yUnitSystem=si",
        "target=data.reset&from=-3h&yUnitSystem=sec&width=600", "target=servers.web1.net.bytes&from=-3h&yUnitSystem=none&width=700",
        "target=servers.*.cpu.user&target=secondYAxis(servers.web1.net.bytes)&from=-6h&width=900&height=400&vtitle=left&vtitleRight=right",
        "target=data.large&from=-6h&logBase=10&width=600", "target=servers.web1.cpu.user&from=-6h&yMin=0&yMax=100&width=600&height=400", "target=data.negative&from=-1d&width=600&height=300",
        "target=servers.*.*.*&from=-1d&width=800&height=500&colorList=blue,green,red,purple,brown,yellow,aqua,grey", "target=servers.*.*.*&from=-1d&width=800&height=500&colorList=blue,green,red,purple,brown,yellow,aqua,grey&hideLegend=false&uniqueLegend=true",
        "target=servers.web1.cpu.user&from=-1d&hideAxes=true&width=500", "target=servers.web1.cpu.user&from=-1d&graphOnly=true&width=500",
        "target=servers.web1.cpu.user&from=-1d&yAxisSide=right&width=600", "target=servers.web1.cpu.user&from=-1d&tz=America/New_York&width=600",
        "target=servers.web1.cpu.user&from=-1d&xFormat=%25H.%25M&width=600&minXStep=4", "target=servers.web1.cpu.user&from=-14d&template=plain&fontSize=14&width=900&height=400",
        "target=legendValue(servers.*.cpu.user,'last','avg','max')&from=-6h&width=900&height=400", "target=cactiStyle(servers.*.cpu.user)&from=-6h&width=900&height=400",
        "target=alias(threshold(50,'limit','red'),'limit')&target=dashed(servers.web1.cpu.user)&from=-6h&width=600", "target=data.empty&from=-3h&width=400",
        "target=nothing.here&from=-3h&width=400", "target=servers.*.cpu.user&graphType=pie&from=-3h&width=500&height=400", "target=servers.*.cpu.user&graphType=pie&pieMode=maximum&pieLabels=horizontal&from=-3h&width=500&height=400",
        "target=data.small&from=-3h&width=600", "target=data.zero&from=-3h&width=600", "target=constantLine(5)&from=-30min&width=600", "target=servers.web1.cpu.user&from=-5min&width=600",
        "target=servers.web1.cpu.user&from=-30d&width=1000&height=300&hideGrid=true", "target=servers.web1.cpu.user&from=-1d&minorY=3&yStep=5&width=600&height=400",
        "target=drawAsInfinite(data.sparse)&target=data.wrap&from=-6h&width=700&height=300",
    ];

    [Fact]
    public async Task Size_axes_legend_and_title_equal_those_of_graphite_web()
    {
        var client = await oracle.StartAsync();
        List<string> differences = [];
        foreach (var graph in s_graphs)
        {
            var query = $"{graph}&now={OracleData.Now}&until={OracleData.Now}&format=svg";
            using var answer = await client.GetAsync("render?" + query, TestContext.Current.CancellationToken);
            var theirs = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                differences.Add($"{graph}\n   {(int)answer.StatusCode} {Regex.Match(theirs, "Traceback.*", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Value}");
                continue;
            }

            var told = Regex.Match(theirs, "<!--told (?<texts>.*)-->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            Assert.True(told.Success, theirs.Length > 400 ? theirs[..400] : theirs);
            var output = new ArrayBufferWriter<byte>();
            await new Renderer(oracle.Source).RenderAsync(RenderRequest.Parse(RenderParameters.OfQuery(query), TimeProvider.System), output, TestContext.Current.CancellationToken);
            var ours = XDocument.Parse(Encoding.UTF8.GetString(output.WrittenSpan));
            var expected = JsonSerializer.Deserialize<string[]>(told.Groups["texts"].Value)!.Select(Plain).Where(t => t.Length > 0).Order(StringComparer.Ordinal).ToList();
            var actual = ours.Descendants().Where(e => e.Name.LocalName == "text").Select(e => Plain(e.Value)).Where(t => t.Length > 0).Order(StringComparer.Ordinal).ToList();
            if (!expected.SequenceEqual(actual, StringComparer.Ordinal))
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{graph}\n   only there: {string.Join(" | ", Without(expected, actual))}\n   only here:  {string.Join(" | ", Without(actual, expected))}"));
            }

            var size = Regex.Match(theirs, "width=\"(?<w>[0-9.]+)(px|pt)?\" height=\"(?<h>[0-9.]+)(px|pt)?\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            Assert.Equal($"{size.Groups["w"].Value}x{size.Groups["h"].Value}", $"{ours.Root!.Attribute("width")!.Value}x{ours.Root.Attribute("height")!.Value}".Replace("px", "", StringComparison.Ordinal));
        }

        RunNotes.Write("graphite-pictures", $"graphite-web pictures: text of {s_graphs.Length - differences.Count} of {s_graphs.Length} graphs equal");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static string Plain(string text) => text.Trim();

    private static List<string> Without(List<string> some, List<string> others)
    {
        List<string> left = [.. others];
        return some.FindAll(s => !left.Remove(s));
    }
}
