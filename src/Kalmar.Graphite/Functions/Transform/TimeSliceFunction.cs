using Kalmar.Graphite.Text;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("timeSlice", "Transform", "seriesList:seriesList, startSliceAt:date, endSliceAt:date?=now",
    "Leaves only the values between two times.")]
internal sealed class TimeSliceFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        var context = call.Context;
        var start = TimeLanguage.Parse(call.Text(1), context.ServerZone, context.Now);
        var end = TimeLanguage.Parse(call.Text(2), context.ServerZone, context.Now);
        series.Tags["timeSliceStart"] = PythonText.Str(start);
        series.Tags["timeSliceEnd"] = PythonText.Str(end);
        series.Name = $"timeSlice({series.Name}, {start}, {end})";
        var time = context.From;
        foreach (ref var value in series.Values.AsSpan())
        {
            if (time < start || time > end) value = double.NaN;
            time += series.Step;
        }
    }
}
