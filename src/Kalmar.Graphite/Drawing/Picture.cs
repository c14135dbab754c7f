using System.Buffers;
using Kalmar.Graphite.Rendering;

namespace Kalmar.Graphite.Drawing;

/// <summary>Draws series as a picture: SVG by ourselves, PNG and PDF with Cairo.</summary>
internal static class Picture
{
    private const int MaxSide = 8_192;
    private const int MaxArea = 16_000_000;

    /// <summary>Writes the picture and returns its media type.</summary>
    public static string Draw(IBufferWriter<byte> output, List<Series> data, RenderRequest request)
    {
        var options = new GraphOptions(request);
        if (options.Width is < 1 or > MaxSide || options.Height is < 1 or > MaxSide || (long)options.Width * options.Height > MaxArea)
            throw GraphiteException.Limit($"Pictures are at most {MaxSide} pixels wide and high and {MaxArea} in all");
        if (request.Format == RenderFormat.Svg)
        {
            var svg = new SvgCanvas(options.Width, options.Height, options.Font);
            DrawOn(svg, data, request, options);
            svg.WriteTo(output, request.JsonP);
            return request.JsonP is null ? "image/svg+xml" : "text/javascript";
        }

        var pdf = request.Format == RenderFormat.Pdf;
        using var cairo = CairoCanvas.Make(options.Width, options.Height, options.Font, pdf);
        DrawOn(cairo, data, request, options);
        cairo.WriteTo(output);
        return pdf ? "application/x-pdf" : "image/png";
    }

    private static void DrawOn(ICanvas canvas, List<Series> data, RenderRequest request, GraphOptions options)
    {
        canvas.SetColor(options.Background, 1);
        canvas.Rectangle(0, 0, options.Width, options.Height, fill: true);
        if (request.Pie) new PieGraph(canvas, options, PieSlices.Of(data, request.PieMode)).Draw();
        else new LineGraph(canvas, options, data).Draw();
    }
}
