using System.Buffers;
using System.Runtime.InteropServices;

namespace Kalmar.Graphite.Drawing;

/// <summary>Draws with Cairo (Debian's libcairo2), as graphite-web does: PNG from an image surface, PDF from a PDF surface.</summary>
internal sealed class CairoCanvas : ICanvas, IDisposable
{
    private readonly GraphFont _font;
    private readonly GCHandle _sink;
    private readonly List<byte[]> _written = [];
    private readonly bool _pdf;
    private nint _surface;
    private nint _context;

    private CairoCanvas(int width, int height, GraphFont font, bool pdf)
    {
        (_font, _pdf) = (font, pdf);
        _sink = GCHandle.Alloc(_written);
        unsafe
        {
            // The page of a PDF is measured in points, of which an inch has 72; the picture in pixels of Cairo's fallback resolution of 300.
            _surface = pdf ? Cairo.PdfSurfaceCreate(&Append, GCHandle.ToIntPtr(_sink), width / 300.0 * 72, height / 300.0 * 72) : Cairo.ImageSurfaceCreate(0, width, height);
        }

        _context = Cairo.Create(_surface);
        if (pdf) Cairo.Scale(_context, 72 / 300.0, 72 / 300.0);
        Cairo.SelectFontFace(_context, font.Family, font.Italic ? 1 : 0, font.Bold ? 1 : 0);
        SetFont(font.Size);
    }

    /// <summary>Makes a canvas.</summary>
    /// <exception cref="GraphiteException">Cairo is not installed.</exception>
    public static CairoCanvas Make(int width, int height, GraphFont font, bool pdf)
    {
        try
        {
            return new CairoCanvas(width, height, font, pdf);
        }
        catch (DllNotFoundException e)
        {
            throw new GraphiteException("PNG and PDF need libcairo: apt-get install libcairo2, or ask for format=svg", 501, e);
        }
    }

    public void Part(string name)
    {
    }

    public void SetColor(GraphColor color, double alpha) =>
        Cairo.SetSource(_context, color.Red / 255.0, color.Green / 255.0, color.Blue / 255.0, alpha == 1 ? color.Alpha : alpha);

    public void SetFont(double size) => Cairo.SetFontSize(_context, size);

    public void SetLineWidth(double width) => Cairo.SetLineWidth(_context, width);

    public void SetDash(double? length)
    {
        var dash = length is > 0 ? length.Value : 0;
        Cairo.SetDash(_context, in dash, dash > 0 ? 1 : 0, 1);
    }

    public (double Ascent, double Descent, double Height) FontExtents()
    {
        Cairo.FontExtents(_context, out var extents);
        return (extents.Ascent, extents.Descent, extents.Height);
    }

    public double TextWidth(string text)
    {
        Cairo.TextExtents(_context, text, out var extents);
        return extents.XAdvance;
    }

    public void Text(string text, double x, double y, double degrees)
    {
        Cairo.Save(_context);
        Cairo.MoveTo(_context, x, y);
        if (degrees != 0) Cairo.Rotate(_context, degrees * Math.PI / 180);
        Cairo.ShowText(_context, text);
        Cairo.NewPath(_context);
        Cairo.Restore(_context);
    }

    public void Rectangle(double x, double y, double width, double height, bool fill)
    {
        Cairo.Rectangle(_context, x, y, width, height);
        if (fill) Cairo.Fill(_context);
        else Cairo.Stroke(_context);
    }

    public void MoveTo(double x, double y) => Cairo.MoveTo(_context, x, y);

    public void LineTo(double x, double y) => Cairo.LineTo(_context, x, y);

    public void Stroke() => Cairo.Stroke(_context);

    public void Fill() => Cairo.Fill(_context);

    public void BeginClip(double x, double y, double width, double height)
    {
        Cairo.Save(_context);
        Cairo.Rectangle(_context, x, y, width, height);
        Cairo.Clip(_context);
    }

    public void EndClip() => Cairo.Restore(_context);

    public void Slice(double x, double y, double radius, double from, double to)
    {
        Cairo.MoveTo(_context, x, y);
        Cairo.Arc(_context, x, y, radius, from, to);
        Cairo.LineTo(_context, x, y);
        Cairo.Fill(_context);
    }

    /// <summary>Ends the picture and writes it.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (_pdf)
        {
            Cairo.SurfaceFinish(_surface);
            foreach (var part in _written) output.Write(part);
            return;
        }

        Cairo.SurfaceFlush(_surface);
        var (width, height, stride) = (Cairo.ImageWidth(_surface), Cairo.ImageHeight(_surface), Cairo.ImageStride(_surface));
        unsafe
        {
            PngWriter.Write(output, new ReadOnlySpan<byte>((void*)Cairo.ImageData(_surface), stride * height), width, height, stride);
        }
    }

    public void Dispose()
    {
        if (_context != 0) Cairo.Destroy(_context);
        if (_surface != 0) Cairo.SurfaceDestroy(_surface);
        (_context, _surface) = (0, 0);
        if (_sink.IsAllocated) _sink.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static unsafe int Append(nint closure, byte* data, uint length)
    {
        ((List<byte[]>)GCHandle.FromIntPtr(closure).Target!).Add(new ReadOnlySpan<byte>(data, (int)length).ToArray());
        return 0;
    }
}
