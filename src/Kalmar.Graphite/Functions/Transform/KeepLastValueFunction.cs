namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("keepLastValue", "Transform", "seriesList:seriesList, limit:intOrInf?=inf",
    "Fills gaps of up to so many points with the value before them.")]
internal sealed class KeepLastValueFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Rename($"keepLastValue({series.Name})");
        var limit = call.IntOrInf(1);
        var values = series.Values;
        var (gap, last) = (0, double.NaN);
        for (var i = 0; i <= values.Length; i++)
        {
            if (i < values.Length && double.IsNaN(values[i]))
            {
                gap++;
                continue;
            }

            if (gap > 0 && gap <= limit && !double.IsNaN(last)) Array.Fill(values, last, i - gap, gap);
            gap = 0;
            if (i < values.Length) last = values[i];
        }
    }
}
