namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("interpolate", "Transform", "seriesList:seriesList, limit:intOrInf?=inf",
    "Fills gaps of up to so many points with a straight line.")]
internal sealed class InterpolateFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Rename($"interpolate({series.Name})");
        var limit = call.IntOrInf(1);
        var values = series.Values;
        var gap = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                gap++;
                continue;
            }

            var before = i - gap - 1;
            if (gap > 0 && gap <= limit && !double.IsNaN(values[before]))
            {
                for (var k = before + 1; k < i; k++) values[k] = values[before] + ((k - before) * (values[i] - values[before]) / (gap + 1));
            }

            gap = 0;
        }
    }
}
