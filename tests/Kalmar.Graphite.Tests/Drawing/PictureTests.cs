using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Tests.Drawing;

public sealed class PictureTests
{
    private const long T0 = 1_700_000_000 / 60 * 60;

    [Theory]
    [InlineData("")]
    [InlineData("&areaMode=stacked&areaAlpha=0.5")]
    [InlineData("&areaMode=first&lineMode=staircase")]
    [InlineData("&areaMode=all&lineMode=connected&connectedLimit=3")]
    [InlineData("&graphOnly=true")]
    [InlineData("&logBase=10&yMin=1")]
    [InlineData("&title=Load%20of%20%3Cb%3E&vtitle=ms&template=plain&tz=Europe/Stockholm&xFormat=%25H:%25M")]
    [InlineData("&hideAxes=true")]
    [InlineData("&yAxisSide=right&hideLegend=true&yUnitSystem=binary")]
    [InlineData("&target=secondYAxis(m.big)&vtitleRight=b&rightColor=red&leftWidth=3")]
    [InlineData("&graphType=pie&pieMode=maximum&pieLabels=rotated")]
    [InlineData("&target=drawAsInfinite(m.a)&target=dashed(m.a)&drawNullAsZero=true")]
    [InlineData("&minXStep=4&yStep=7&minorY=3&width=900&height=500")]
    public async Task Every_option_gives_a_picture(string options)
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(await DrawAsync("svg", options)));
        Assert.Equal("svg", svg.Root!.Name.LocalName);
        var png = await DrawAsync("png", options);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10], png[..8]);
        Assert.Equal(svg.Root.Attribute("width")!.Value, $"{(png[18] << 8) | png[19]}px");
        Assert.StartsWith("%PDF-1", Encoding.ASCII.GetString(await DrawAsync("pdf", options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Svg_tells_axes_and_legend_as_text()
    {
        var svg = XDocument.Parse(Encoding.UTF8.GetString(await DrawAsync("svg", "&title=Load&width=600")));
        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Contains("Load", texts);
        Assert.Contains("m.a", texts);
        Assert.Contains("m.b", texts);
        Assert.Contains(texts, t => t.StartsWith("22:", StringComparison.Ordinal));
        Assert.Contains(texts, t => t.Trim() == "100" || t.Trim() == "100.0");
    }

    [Fact]
    public async Task Names_cannot_bring_markup_into_a_picture()
    {
        var svg = Encoding.UTF8.GetString(await DrawAsync("svg", "&target=alias(m.a,'%3Cscript%3Ealert(1)%3C/script%3E')"));
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Png_pixels_unpack_to_the_size_told()
    {
        var png = await DrawAsync("png", "&width=201&height=99");
        var length = (png[33] << 24) | (png[34] << 16) | (png[35] << 8) | png[36];
        using var zlib = new ZLibStream(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        await zlib.CopyToAsync(rows, TestContext.Current.CancellationToken);
        Assert.Equal(99 * (1 + (201 * 3)), rows.Length);
    }

    [Theory]
    [InlineData("&width=100000", 422)]
    [InlineData("&width=0", 422)]
    [InlineData("&bgcolor=nosuch", 400)]
    [InlineData("&lineMode=curly", 400)]
    [InlineData("&logBase=10&yMin=0", 400)]
    [InlineData("&yDivisors=0", 400)]
    public async Task Impossible_pictures_are_refused(string options, int status)
    {
        var error = await Assert.ThrowsAsync<GraphiteException>(() => DrawAsync("svg", options));
        Assert.Equal(status, error.Status);
    }

    private static async Task<byte[]> DrawAsync(string format, string options)
    {
        using var source = new MemorySource();
        var random = new Random(1);
        source.Set(new Series("m.a", T0, T0 + 7200, 60, [.. Enumerable.Range(0, 120).Select(i => i % 40 == 5 ? double.NaN : 50 + (50 * Math.Sin(i / 9.0)))]));
        source.Set(new Series("m.b", T0, T0 + 7200, 60, [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble() * 30)]));
        source.Set(new Series("m.big", T0, T0 + 7200, 60, [.. Enumerable.Range(0, 120).Select(i => 1e9 + (i * 1e7))]));
        var query = $"target=m.a&target=m.b{options}&format={format}&from={T0}&until={T0 + 7140}&now={T0 + 7200}";
        var output = new ArrayBufferWriter<byte>();
        await new Renderer(source).RenderAsync(RenderRequest.Parse(RenderParameters.OfQuery(query), TimeProvider.System), output, TestContext.Current.CancellationToken);
        return output.WrittenMemory.ToArray();
    }
}
