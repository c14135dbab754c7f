using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Kalmar.Graphite.Drawing;

/// <summary>
/// Draws SVG with real text and one path for each line. Parts are groups with a class (axes, grid, lines, legend, title), as in graphite-web's pictures.
/// </summary>
internal sealed class SvgCanvas : ICanvas
{
    private readonly StringBuilder _body = new(16 * 1024);
    private readonly StringBuilder _path = new(4 * 1024);
    private readonly StringBuilder _clips = new();
    private readonly GraphFont _font;
    private readonly int _width;
    private readonly int _height;
    private string _color = "#000";
    private double _opacity = 1;
    private double _size;
    private double _lineWidth = 1;
    private double? _dash;
    private bool _inPart;
    private int _clip;

    public SvgCanvas(int width, int height, GraphFont font) => (_width, _height, _font, _size) = (width, height, font, font.Size);

    public void Part(string name)
    {
        if (_inPart) _body.Append("</g>\n");
        _inPart = true;
        _body.Append(CultureInfo.InvariantCulture, $"<g class=\"{name}\">\n");
    }

    public void SetColor(GraphColor color, double alpha)
    {
        _color = string.Create(CultureInfo.InvariantCulture, $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}");
        _opacity = alpha == 1 ? color.Alpha : alpha;
    }

    public void SetFont(double size) => _size = size;

    public void SetLineWidth(double width) => _lineWidth = width;

    public void SetDash(double? length) => _dash = length;

    public (double Ascent, double Descent, double Height) FontExtents() => (Math.Round(_size * 0.93), Math.Round(_size * 0.24), Math.Round(_size * 1.17));

    public double TextWidth(string text) => TextWidths.Of(text, _size);

    public void Text(string text, double x, double y, double degrees)
    {
        _body.Append("<text x=\"");
        Number(_body, x).Append("\" y=\"");
        Number(_body, y).Append("\" font-size=\"");
        Number(_body, _size).Append("\" fill=\"").Append(_color).Append('"');
        if (_font.Bold) _body.Append(" font-weight=\"bold\"");
        if (_font.Italic) _body.Append(" font-style=\"italic\"");
        if (degrees != 0)
        {
            _body.Append(" transform=\"rotate(");
            Number(_body, degrees).Append(' ');
            Number(_body, x).Append(' ');
            Number(_body, y).Append(")\"");
        }

        _body.Append('>').Append(Plain(text)).Append("</text>\n");
    }

    public void Rectangle(double x, double y, double width, double height, bool fill)
    {
        _body.Append("<rect x=\"");
        Number(_body, x).Append("\" y=\"");
        Number(_body, y).Append("\" width=\"");
        Number(_body, Math.Max(width, 0)).Append("\" height=\"");
        Number(_body, Math.Max(height, 0)).Append('"');
        Paint(fill);
    }

    public void MoveTo(double x, double y) => Point('M', x, y);

    public void LineTo(double x, double y) => Point(_path.Length == 0 ? 'M' : 'L', x, y);

    public void Stroke() => EndPath(fill: false);

    public void Fill()
    {
        if (_path.Length > 0) _path.Append('Z');
        EndPath(fill: true);
    }

    public void BeginClip(double x, double y, double width, double height)
    {
        _clips.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"plot{++_clip}\"><rect x=\"");
        Number(_clips, x).Append("\" y=\"");
        Number(_clips, y).Append("\" width=\"");
        Number(_clips, Math.Max(width, 0)).Append("\" height=\"");
        Number(_clips, Math.Max(height, 0)).Append("\"/></clipPath>");
        _body.Append(CultureInfo.InvariantCulture, $"<g clip-path=\"url(#plot{_clip})\">\n");
    }

    public void EndClip() => _body.Append("</g>\n");

    public void Slice(double x, double y, double radius, double from, double to)
    {
        if (to - from >= (2 * Math.PI) - 1e-9)
        {
            // An arc that ends where it begins is none: a whole circle is two halves.
            Slice(x, y, radius, from, from + Math.PI);
            (from, to) = (from + Math.PI, from + (2 * Math.PI));
        }

        MoveTo(x, y);
        LineTo(x + (radius * Math.Cos(from)), y + (radius * Math.Sin(from)));
        _path.Append('A');
        Number(_path, radius).Append(' ');
        Number(_path, radius).Append(to - from > Math.PI ? " 0 1 1 " : " 0 0 1 ");
        Number(_path, x + (radius * Math.Cos(to))).Append(' ');
        Number(_path, y + (radius * Math.Sin(to)));
        Fill();
    }

    /// <summary>Writes the picture, as a JSON string in a call when a script asks for that.</summary>
    public void WriteTo(IBufferWriter<byte> output, string? callback)
    {
        if (_inPart) _body.Append("</g>\n");
        var family = Plain(_font.Family == "Sans" ? "DejaVu Sans, Verdana, sans-serif" : _font.Family + ", sans-serif");
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{_width}px\" height=\"{_height}px\" viewBox=\"0 0 {_width} {_height}\" version=\"1.1\">\n<defs>{_clips}</defs>\n<g class=\"graphite\" font-family=\"{family}\">\n{_body}</g>\n</svg>\n");
        if (callback is not null) text = $"{callback}({System.Text.Json.JsonSerializer.Serialize(text, DrawingJsonContext.Default.String)})";
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    private static string Plain(string text)
    {
        var clean = text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 ? new string(text.Select(c => c < ' ' ? ' ' : c).ToArray()) : text;
        return WebUtility.HtmlEncode(clean);
    }

    private static StringBuilder Number(StringBuilder text, double value)
    {
        if (!double.IsFinite(value)) value = 0;
        return text.Append(CultureInfo.InvariantCulture, $"{Math.Round(Math.Clamp(value, -1e6, 1e6), 2)}");
    }

    private void Point(char command, double x, double y)
    {
        _path.Append(command);
        Number(_path, x).Append(' ');
        Number(_path, y);
    }

    private void EndPath(bool fill)
    {
        if (_path.Length == 0) return;
        _body.Append("<path d=\"").Append(_path).Append('"');
        _path.Clear();
        Paint(fill);
    }

    private void Paint(bool fill)
    {
        if (fill)
        {
            _body.Append(" fill=\"").Append(_color).Append('"');
            if (_opacity < 1) Number(_body.Append(" fill-opacity=\""), _opacity).Append('"');
        }
        else
        {
            _body.Append(" fill=\"none\" stroke=\"").Append(_color).Append("\" stroke-width=\"");
            Number(_body, _lineWidth).Append('"');
            if (_opacity < 1) Number(_body.Append(" stroke-opacity=\""), _opacity).Append('"');
            if (_dash is { } dash and > 0) Number(_body.Append(" stroke-dasharray=\""), dash).Append('"');
        }

        _body.Append("/>\n");
    }
}
