using System.Buffers;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>
/// Calamari's form: <c>{"targets": ["a", "b"], "datapoints": [[time, a, b], …]}</c>. One row for each step of the first series; the others are read at its times.
/// </summary>
internal static class JsonArrayFormat
{
    /// <summary>Writes the series; consolidates them first.</summary>
    public static void Write(IBufferWriter<byte> writer, List<Series> data, RenderRequest request)
    {
        MaxDataPoints.Apply(data, request.MaxDataPoints);
        var output = new Utf8Output(writer);
        output.Write("{\"targets\": ["u8);
        for (var i = 0; i < data.Count; i++)
        {
            if (i > 0) output.Write(", "u8);
            output.WriteJsonString(data[i].Name);
        }

        output.Write("], \"datapoints\": ["u8);
        if (data.Count > 0) WriteRows(output, data);
        output.Write("]}"u8).Flush();
    }

    private static void WriteRows(Utf8Output output, List<Series> data)
    {
        var points = data.ConvertAll(s => s.Points());
        var lead = data.MinBy(s => s.Step * s.ValuesPerPoint)!;
        var step = Math.Max(lead.Step * lead.ValuesPerPoint, 1);
        var rows = JsonFormat.PointCount(lead, lead.Points().Length);
        for (var row = 0; row < rows; row++)
        {
            var at = lead.Start + (row * step);
            output.Write(row == 0 ? "["u8 : ", ["u8).Write(at);
            for (var i = 0; i < data.Count; i++)
            {
                var own = Math.Max(data[i].Step * data[i].ValuesPerPoint, 1);
                var index = at < data[i].Start ? -1 : (at - data[i].Start) / own;
                output.Write(", "u8);
                JsonFormat.WriteValue(output, index >= 0 && index < points[i].Length ? points[i][index] : double.NaN, data[i].WholeNumbers);
            }

            output.Write("]"u8);
        }
    }
}
