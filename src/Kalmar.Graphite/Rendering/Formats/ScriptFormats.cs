using System.Buffers;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>JSON for two drawing libraries: dygraph wants a table, rickshaw a list of points for each series.</summary>
internal static class ScriptFormats
{
    /// <summary>Writes <c>{"labels" : ["Time", "a"], "data" : [[1700000000000, 1.0], …]}</c>: the times are those of the first series, in milliseconds.</summary>
    public static void WriteDygraph(IBufferWriter<byte> writer, List<Series> data)
    {
        var output = new Utf8Output(writer);
        if (data.Count == 0)
        {
            output.Write("{}"u8).Flush();
            return;
        }

        output.Write("{\"labels\" : [\"Time\""u8);
        foreach (var series in data) output.Write(", "u8).WriteJsonString(series.Name);
        output.Write("], \"data\" : ["u8);
        var rows = data.ConvertAll(s => s.Points());
        var first = data[0];
        for (var (i, time) = (0, first.Start); first.Step > 0 && time < first.End; i++, time += first.Step)
        {
            output.Write(i > 0 ? ", ["u8 : "["u8).Write(time).Write("000"u8);
            for (var k = 0; k < rows.Count; k++)
            {
                output.Write(", "u8);
                var value = i < rows[k].Length ? rows[k][i] : double.NaN;
                if (double.IsNaN(value)) output.Write("null"u8);
                else if (double.IsInfinity(value)) output.Write(value > 0 ? "Infinity"u8 : "-Infinity"u8);
                else output.WriteFloat(value, data[k].WholeNumbers);
            }

            output.Write("]"u8);
        }

        output.Write("]}"u8).Flush();
    }

    /// <summary>Writes <c>[{"target": "a", "datapoints": [{"x": 1700000000, "y": 1.0}]}]</c>.</summary>
    public static void WriteRickshaw(IBufferWriter<byte> writer, List<Series> data)
    {
        var output = new Utf8Output(writer);
        output.Write("["u8);
        for (var i = 0; i < data.Count; i++)
        {
            var series = data[i];
            output.Write(i > 0 ? ", {\"target\": "u8 : "{\"target\": "u8).WriteJsonString(series.Name).Write(", \"datapoints\": ["u8);
            var points = series.Points();
            for (var (k, time) = (0, series.Start); k < points.Length && time < series.End; k++, time += series.Step)
            {
                output.Write(k > 0 ? ", {\"x\": "u8 : "{\"x\": "u8).Write(time).Write(", \"y\": "u8);
                JsonFormat.WriteValue(output, points[k], series.WholeNumbers);
                output.Write("}"u8);
            }

            output.Write("]}"u8);
        }

        output.Write("]"u8).Flush();
    }
}
