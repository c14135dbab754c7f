using Kalmar.Graphite.Text;
using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("timeStack", "Transform", "seriesList:seriesList, timeShiftUnit:interval?=1d, timeShiftStart:integer?=0, timeShiftEnd:integer?=7",
    "The series of several earlier times, laid over each other.", Suggestions = "timeShiftUnit: 1h, 6h, 12h, 1d, 2d, 7d, 14d, 30d")]
internal sealed class TimeStackFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var text = call.Text(1);
        if (text.Length > 0 && char.IsAsciiDigit(text[0])) text = "-" + text;
        var delta = TimeOffset.Parse(text);
        var results = new List<Series>();
        if (call.List(0) is not { Count: > 0 } list) return results;
        for (var shift = call.Int(2); shift < call.Int(3); shift++)
        {
            var context = call.Context.WithWindow(call.Context.From + (delta * shift), call.Context.Until + (delta * shift));
            foreach (var series in await call.AgainAsync(context).ConfigureAwait(false))
            {
                series.Tags["timeShiftUnit"] = text;
                series.Tags["timeShift"] = PythonText.Str((long)shift);
                series.Rename($"timeShift({series.Name}, {text}, {shift})");
                (series.Start, series.End) = (list[0].Start, list[0].End);
                results.Add(series);
            }
        }

        return results;
    }
}
