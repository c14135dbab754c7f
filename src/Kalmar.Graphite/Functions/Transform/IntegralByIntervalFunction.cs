using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("integralByInterval", "Transform", "seriesList:seriesList, intervalUnit:string",
    "The sum of all values so far, which begins at 0 again with every interval.")]
internal sealed class IntegralByIntervalFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var unit = call.Text(1);
        var duration = Math.Abs(TimeOffset.Parse(unit));
        if (duration == 0) throw call.Wrong(1, "an interval above 0");
        var (time, sum) = (series.Start - call.Context.From, 0.0);
        var from = series.Points();
        var values = new double[from.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Floor((double)time / duration) != Math.Floor((double)(time - series.Step) / duration)) sum = 0;
            if (!double.IsNaN(from[i])) sum += from[i];
            values[i] = sum;
            time += series.Step;
        }

        series.Tags["integralByInterval"] = unit;
        return series.Copy($"integralByInterval({series.Name},'{unit}')", values);
    }
}
