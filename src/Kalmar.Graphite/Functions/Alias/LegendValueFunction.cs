using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("legendValue", "Alias", "seriesList:seriesList, valuesTypes:string?...",
    "Adds aggregated values to the names; with si or binary at the end, in units.")]
internal sealed class LegendValueFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var types = Enumerable.Range(1, Math.Max(call.Count - 1, 0)).Select(call.Text).ToList();
        if (types.Count == 0) throw new GraphiteException("legendValue needs the name of an aggregation");
        var system = types[^1] is "si" or "binary" ? types[^1] : null;
        if (system is not null) types.RemoveAt(types.Count - 1);
        var list = call.List(0);
        foreach (var type in types)
        {
            foreach (var series in list) series.Name = Named(series, type, system);
        }

        return list;
    }

    private static string Named(Series series, string type, string? system)
    {
        if (!Aggregation.TryGet(type, out var reduce))
            return system is null ? $"{series.Name} ({type}: (?))" : $"{series.Name,-20}{type,-5}{"(?)",-10}";
        var value = reduce(series.Points());
        if (system is null)
        {
            var whole = type == "count" || series.WholeNumbers;
            return $"{series.Name} ({type}: {(double.IsNaN(value) ? "None" : whole && value == Math.Truncate(value) ? PythonText.D(value) : PythonText.Repr(value))})";
        }

        if (double.IsNaN(value)) return $"{series.Name,-20}{type,-5}{"None",-10}";
        var (number, unit) = UnitFormat.Scale(value, system, null);
        return $"{series.Name,-20}{type,-5}{PythonText.F2(number) + unit,-10}";
    }
}
