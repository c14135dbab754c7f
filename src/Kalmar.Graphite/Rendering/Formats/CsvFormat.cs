using System.Buffers;
using System.Globalization;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>Lines of name, time in the request's zone and value, as Python's csv writes them: quotes where needed, CR LF at the end.</summary>
internal static class CsvFormat
{
    /// <summary>Writes the series.</summary>
    public static void Write(IBufferWriter<byte> writer, List<Series> data, RenderRequest request)
    {
        var output = new Utf8Output(writer);
        foreach (var series in data)
        {
            var name = Quoted(series.Name);
            var points = series.Points();
            for (var i = 0; i < points.Length; i++)
            {
                output.Write(name).Write(","u8);
                output.Write(WallClock.FromUnix(series.Start + (i * series.Step), request.Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                output.Write(","u8);
                if (!double.IsNaN(points[i])) output.WriteFloat(points[i], series.WholeNumbers);
                output.Write("\r\n"u8);
            }
        }

        output.Flush();
    }

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
