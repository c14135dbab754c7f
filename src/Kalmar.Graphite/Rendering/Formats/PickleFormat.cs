using System.Buffers;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>What graphite-web gives to another graphite-web: each series as a dictionary, in Python's pickle or in MessagePack.</summary>
internal static class PickleFormat
{
    /// <summary>Writes pickle.</summary>
    public static void WritePickle(IBufferWriter<byte> output, List<Series> data)
    {
        var pickle = new PickleWriter(output);
        pickle.Begin();
        pickle.List(data, static (p, series) =>
        {
            p.BeginDictionary();
            p.Text("name");
            p.Text(series.Name);
            p.Text("start");
            p.Integer(series.Start);
            p.Text("end");
            p.Integer(series.End);
            p.Text("step");
            p.Integer(series.Step);
            p.Text("values");
            p.Floats(series.Points(), series.WholeNumbers);
            p.Text("pathExpression");
            p.Text(series.PathExpression);
            p.Text("valuesPerPoint");
            p.Integer(series.ValuesPerPoint);
            p.Text("consolidationFunc");
            p.Text(series.Consolidation);
            p.Text("xFilesFactor");
            p.Float(series.XFilesFactor);
            p.EndDictionary();
        });
        pickle.End();
    }

    /// <summary>Writes MessagePack.</summary>
    public static void WriteMessagePack(IBufferWriter<byte> output, List<Series> data)
    {
        var pack = new MessagePackWriter(output);
        pack.Array(data.Count);
        foreach (var series in data)
        {
            pack.Map(9);
            pack.Text("name");
            pack.Text(series.Name);
            pack.Text("start");
            pack.Integer(series.Start);
            pack.Text("end");
            pack.Integer(series.End);
            pack.Text("step");
            pack.Integer(series.Step);
            pack.Text("values");
            WriteValues(pack, series);
            pack.Text("pathExpression");
            pack.Text(series.PathExpression);
            pack.Text("valuesPerPoint");
            pack.Integer(series.ValuesPerPoint);
            pack.Text("consolidationFunc");
            pack.Text(series.Consolidation);
            pack.Text("xFilesFactor");
            pack.Float(series.XFilesFactor);
        }

        pack.Flush();
    }

    private static void WriteValues(MessagePackWriter pack, Series series)
    {
        var points = series.Points();
        pack.Array(points.Length);
        foreach (var value in points)
        {
            if (double.IsNaN(value)) pack.Nil();
            else if (series.WholeNumbers && value == Math.Truncate(value) && Math.Abs(value) < 1e18) pack.Integer((long)value);
            else pack.Float(value);
        }
    }
}
