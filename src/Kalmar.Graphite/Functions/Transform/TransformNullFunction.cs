using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("transformNull", "Transform", "seriesList:seriesList, default:float?=0, referenceSeries:seriesList?",
    "Puts a number where values are missing; with reference series, only where one of those has a value.")]
internal sealed class TransformNullFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var fill = call.Float(1);
        var list = call.List(0);
        var reference = call.HasValue(2) ? call.List(2) : [];
        var rows = reference.ConvertAll(s => s.Points()).ToArray();
        var length = rows.Length == 0 ? 0 : rows.Max(r => r.Length);
        var known = new bool[length];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++) known[i] |= !double.IsNaN(row[i]);
        }

        foreach (var series in list)
        {
            series.Tags["transformNull"] = call.HasValue(1) ? PythonText.Repr(fill) : "0";
            if (rows.Length > 0) series.Tags["referenceSeries"] = "1";
            series.Rename($"transformNull({series.Name},{PythonText.G(fill)}{(rows.Length > 0 ? ",referenceSeries" : "")})");
            if (length > series.Count)
            {
                var before = series.Count;
                series.Values = [.. series.Values, .. new double[length - before]];
                Array.Fill(series.Values, double.NaN, before, length - before);
            }

            for (var i = 0; i < series.Count; i++)
            {
                if (double.IsNaN(series.Values[i]) && (rows.Length == 0 || (i < length && known[i]))) series.Values[i] = fill;
            }
        }

        return list;
    }
}
