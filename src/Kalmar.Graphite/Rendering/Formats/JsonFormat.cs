using System.Buffers;
using System.Buffers.Text;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>graphite-web's JSON, byte by byte: <c>[{"target": "a", "tags": {"name": "a"}, "datapoints": [[1.0, 1700000000], [null, 1700000060]]}]</c>.</summary>
internal static class JsonFormat
{
    /// <summary>Writes the series; consolidates them first.</summary>
    public static void Write(IBufferWriter<byte> writer, List<Series> data, RenderRequest request)
    {
        MaxDataPoints.Apply(data, request.MaxDataPoints);
        var output = new Utf8Output(writer);
        var pretty = request.Pretty;
        output.Write("["u8);
        var first = true;
        foreach (var series in data)
        {
            var points = series.Points();
            if (request.NoNullPoints && Array.TrueForAll(points, double.IsNaN)) continue;
            if (!first) output.Write(pretty ? ","u8 : ", "u8);
            first = false;
            output.Write(pretty ? "\n  {\n    \"target\": "u8 : "{\"target\": "u8).WriteJsonString(series.Name);
            WriteTags(output, series, pretty);
            output.Write(pretty ? ",\n    \"datapoints\": ["u8 : ", \"datapoints\": ["u8);
            if (pretty) WritePrettyPoints(output, series, points, request.NoNullPoints);
            else WritePoints(output, series, points, request.NoNullPoints);
            output.Write(pretty ? "]\n  }"u8 : "]}"u8);
        }

        output.Write(pretty && !first ? "\n]"u8 : "]"u8);
        output.Flush();
    }

    private static void WriteTags(Utf8Output output, Series series, bool pretty)
    {
        output.Write(pretty ? ",\n    \"tags\": {"u8 : ", \"tags\": {"u8);
        var first = true;
        foreach (var (tag, value) in series.Tags)
        {
            if (!first) output.Write(pretty ? ","u8 : ", "u8);
            first = false;
            if (pretty) output.Write("\n      "u8);
            output.WriteJsonString(tag).Write(": "u8).WriteJsonString(value);
        }

        output.Write(pretty && !first ? "\n    }"u8 : "}"u8);
    }

    private static void WritePoints(Utf8Output output, Series series, double[] points, bool noNull)
    {
        const int Batch = 512;
        var count = PointCount(series, points.Length);
        var clock = new DecimalClock(series.Start, series.Step * series.ValuesPerPoint);
        var any = false;
        output.Write("["u8);
        for (var done = 0; done < count; done += Batch)
        {
            var batch = points.AsSpan(done, Math.Min(Batch, count - done));
            var room = output.Room((batch.Length * (FloatWriter.MaxLength + DecimalClock.Room)) + DecimalClock.Room);
            var at = 0;
            foreach (var value in batch)
            {
                if (!noNull || !double.IsNaN(value))
                {
                    at += WriteValue(room[at..], value, series.WholeNumbers);
                    at += clock.Write(room[at..]);
                    any = true;
                }

                clock.Advance();
            }

            output.Used(at);
        }

        // What was written after the last point, or before the first that never came, is taken back.
        output.Used(any ? -", ["u8.Length : -"["u8.Length);
    }

    private static void WritePrettyPoints(Utf8Output output, Series series, double[] points, bool noNull)
    {
        var step = series.Step * series.ValuesPerPoint;
        var count = PointCount(series, points.Length);
        var first = true;
        for (var i = 0; i < count; i++)
        {
            if (noNull && double.IsNaN(points[i])) continue;
            output.Write(first ? "\n      [\n        "u8 : ",\n      [\n        "u8);
            first = false;
            WriteValue(output, points[i], series.WholeNumbers);
            output.Write(",\n        "u8).Write(series.Start + (i * step)).Write("\n      ]"u8);
        }

        if (!first) output.Write("\n    "u8);
    }

    /// <summary>As many points as there are stamps from start to end, both included.</summary>
    public static int PointCount(Series series, int points)
    {
        var step = series.Step * series.ValuesPerPoint;
        if (step <= 0) throw new GraphiteException($"{series.Name} has no step: ask for a longer window");
        return (int)Math.Min(points, series.End < series.Start ? 0 : ((series.End - series.Start) / step) + 1);
    }

    private static int WriteValue(Span<byte> to, double value, bool whole)
    {
        if (double.IsFinite(value)) return whole && value == Math.Truncate(value) && Math.Abs(value) < 1e18 ? WriteWhole((long)value, to) : FloatWriter.Write(value, to);
        var text = double.IsNaN(value) ? "null"u8 : value > 0 ? "1e9999"u8 : "-1e9999"u8;
        text.CopyTo(to);
        return text.Length;
    }

    private static int WriteWhole(long value, Span<byte> to)
    {
        Utf8Formatter.TryFormat(value, to, out var length);
        return length;
    }

    public static void WriteValue(Utf8Output output, double value, bool whole)
    {
        if (double.IsNaN(value)) output.Write("null"u8);
        else if (double.IsInfinity(value)) output.Write(value > 0 ? "1e9999"u8 : "-1e9999"u8);
        else output.WriteFloat(value, whole);
    }
}
