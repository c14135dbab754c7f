using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("timeShift", "Transform", "seriesList:seriesList, timeShift:interval, resetEnd:boolean?=True, alignDst:boolean?=False",
    "The series as it was some time ago (or later, with a plus), laid over the window.", Suggestions = "timeShift: 1h, 6h, 12h, 1d, 2d, 7d, 14d, 30d")]
internal sealed class TimeShiftFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var text = call.Text(1);
        if (text.Length > 0 && char.IsAsciiDigit(text[0])) text = "-" + text;
        var delta = TimeOffset.Parse(text);
        var (from, until) = (call.Context.From + delta, call.Context.Until + delta);
        if (call.Flag(3))
        {
            var shift = DaylightShift(call, from, until);
            (from, until) = (from + shift, until + shift);
        }

        var results = new List<Series>();
        if (call.List(0) is not { Count: > 0 } list) return results;
        foreach (var series in await call.AgainAsync(call.Context.WithWindow(from, until)).ConfigureAwait(false))
        {
            series.Tags["timeShift"] = text;
            series.Name = $"timeShift({series.Name}, \"{text}\")";
            series.End = call.Flag(2) ? list[0].End : series.End - series.Start + list[0].Start;
            series.Start = list[0].Start;
            results.Add(series);
        }

        return results;
    }

    private static long DaylightShift(FunctionCall call, long from, long until)
    {
        var (start, end) = (Summer(call.Context.From), Summer(call.Context.Until));
        var (shiftedStart, shiftedEnd) = (Summer(from), Summer(until));
        if (start && end && !shiftedStart && !shiftedEnd) return 3600;
        return !start && !end && shiftedStart && shiftedEnd ? -3600 : 0;

        bool Summer(long time) => call.Context.ServerZone.IsDaylightSavingTime(DateTimeOffset.FromUnixTimeSeconds(time));
    }
}
