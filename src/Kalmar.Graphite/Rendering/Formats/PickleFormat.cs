using System.Buffers;
using Kalmar.Whisper.Pickle;

namespace Kalmar.Graphite.Rendering.Formats;

/// <summary>What graphite-web gives to another graphite-web: each series as a dictionary, in Python's pickle or in MessagePack.</summary>
internal static class PickleFormat
{
    /// <summary>Writes pickle.</summary>
    public static void WritePickle(IBufferWriter<byte> output, List<Series> data)
    {
        var pickle = new PickleWriter(output);
        pickle.Begin();
        pickle.BeginList();
        foreach (var series in data)
        {
            pickle.BeginDictionary();
            pickle.Text("name"u8);
            pickle.Text(series.Name);
            pickle.Text("start"u8);
            pickle.Integer(series.Start);
            pickle.Text("end"u8);
            pickle.Integer(series.End);
            pickle.Text("step"u8);
            pickle.Integer(series.Step);
            pickle.Text("values"u8);
            WriteValues(pickle, series);
            pickle.Text("pathExpression"u8);
            pickle.Text(series.PathExpression);
            pickle.Text("valuesPerPoint"u8);
            pickle.Integer(series.ValuesPerPoint);
            pickle.Text("consolidationFunc"u8);
            pickle.Text(series.Consolidation);
            pickle.Text("xFilesFactor"u8);
            pickle.Real(series.XFilesFactor);
            pickle.EndDictionary();
        }

        pickle.EndList();
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

    private static void WriteValues(PickleWriter pickle, Series series)
    {
        pickle.BeginList();
        foreach (var value in series.Points())
        {
            if (double.IsNaN(value)) pickle.None();
            else if (IsWhole(series, value)) pickle.Integer((long)value);
            else pickle.Real(value);
        }

        pickle.EndList();
    }

    private static void WriteValues(MessagePackWriter pack, Series series)
    {
        var points = series.Points();
        pack.Array(points.Length);
        foreach (var value in points)
        {
            if (double.IsNaN(value)) pack.Nil();
            else if (IsWhole(series, value)) pack.Integer((long)value);
            else pack.Float(value);
        }
    }

    private static bool IsWhole(Series series, double value) => series.WholeNumbers && value == Math.Truncate(value) && Math.Abs(value) < 1e18;
}
