using System.Buffers;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>One line for each series: <c>name,start,end,step|1.0,None,2.5</c>.</summary>
internal static class RawFormat
{
    /// <summary>Writes the series.</summary>
    public static void Write(IBufferWriter<byte> writer, List<Series> data)
    {
        var output = new Utf8Output(writer);
        foreach (var series in data)
        {
            output.Write(series.Name).Write(","u8).Write(series.Start).Write(","u8).Write(series.End).Write(","u8).Write(series.Step).Write("|"u8);
            var points = series.Points();
            for (var i = 0; i < points.Length; i++)
            {
                if (i > 0) output.Write(","u8);
                if (double.IsNaN(points[i])) output.Write("None"u8);
                else output.WriteFloat(points[i], series.WholeNumbers);
            }

            output.Write("\n"u8);
        }

        output.Flush();
    }
}
