using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests.Drawing;

/// <summary>Areas and gaps as graphite-web draws them; found by looking at both side by side.</summary>
public sealed class AreaTests
{
    private const long T0 = 1_700_000_040;

    [Fact]
    public async Task Area_behind_a_higher_one_stays_hidden_and_one_above_it_begins_there()
    {
        var fills = await FillsAsync("target=m.mid&target=m.low&target=m.high&areaMode=all&areaAlpha=0.5&yMin=0&yMax=20");
        Assert.Equal(3, fills.Count);
        Assert.Equal(0, Height(fills[1]), 0.05);
        Assert.Equal(Height(fills[0]), Height(fills[2]), 0.05);
        Assert.Equal(fills[0].Min(p => p.Y), fills[2].Max(p => p.Y), 0.05);
    }

    [Fact]
    public async Task Areas_below_zero_cover_one_another_too()
    {
        var fills = await FillsAsync("target=m.deep&target=m.below&areaMode=all&areaAlpha=0.5&yMin=-20&yMax=20");
        Assert.True(Height(fills[0]) > 10);
        Assert.Equal(0, Height(fills[1]), 0.05);
    }

    [Fact]
    public async Task Value_before_a_gap_reaches_up_to_the_gap()
    {
        var line = (await PathsAsync("target=m.gap&lineColor=red", "none")).Last();
        // Three known points, then one place further at the height of the third; then the four behind the gap.
        Assert.Equal(8, line.Count);
        Assert.Equal(line[2].Y, line[3].Y, 0.01);
        Assert.Equal(line[2].X - line[1].X, line[3].X - line[2].X, 0.05);
    }

    private static double Height(List<(double X, double Y)> path) => path.Max(p => p.Y) - path.Min(p => p.Y);

    private static async Task<List<List<(double X, double Y)>>> FillsAsync(string query) => [.. (await PathsAsync(query, null)).Where(p => p.Count > 0)];

    // The points of the paths among the lines that have this fill; null for all that are filled.
    private static async Task<List<List<(double X, double Y)>>> PathsAsync(string query, string? fill)
    {
        using var source = new MemorySource();
        foreach (var (name, value) in new[] { ("m.high", 20.0), ("m.mid", 10), ("m.low", 5), ("m.deep", -15), ("m.below", -5) })
            source.Set(new Series(name, T0, T0 + 600, 60, [.. Enumerable.Repeat(value, 10)]));
        source.Set(new Series("m.gap", T0, T0 + 600, 60, [1, 2, 3, double.NaN, double.NaN, double.NaN, 4, 5, 6, 7]));
        var output = new ArrayBufferWriter<byte>();
        await new Renderer(source).RenderAsync(
            RenderRequest.Parse(RenderParameters.OfQuery($"{query}&format=svg&width=500&height=300&from={T0 - 1}&until={T0 + 599}&now={T0 + 600}"), TimeProvider.System), output, TestContext.Current.CancellationToken);
        return [.. XDocument.Parse(Encoding.UTF8.GetString(output.WrittenSpan)).Descendants()
            .Where(e => e.Name.LocalName == "g" && (string?)e.Attribute("class") == "lines").Descendants()
            .Where(e => e.Name.LocalName == "path" && (fill is null ? (string?)e.Attribute("fill") != "none" : (string?)e.Attribute("fill") == fill))
            .Select(e => Points((string)e.Attribute("d")!))];
    }

    private static List<(double X, double Y)> Points(string path) => [.. path.TrimEnd('Z').Split('M', 'L').Skip(1).Select(p => p.Split(' '))
        .Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))];
}
