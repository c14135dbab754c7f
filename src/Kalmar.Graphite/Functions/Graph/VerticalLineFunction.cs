using Kalmar.Graphite.Times;

namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("verticalLine", "Graph", "ts:date, label:string?, color:string?", "A vertical line at a moment.")]
internal sealed class VerticalLineFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var context = call.Context;
        var time = TimeLanguage.Parse(call.Text(0), context.Zone, context.Now);
        if (time < context.From) throw new GraphiteException($"verticalLine(): timestamp {time} exists before start of range");
        if (time > context.Until) throw new GraphiteException($"verticalLine(): timestamp {time} exists after end of range");
        var line = new Series(call.TextOrNull(1) ?? string.Empty, time, time, 1, [1, 1]) { XFilesFactor = context.XFilesFactor };
        line.Options.DrawAsInfinite = true;
        if (call.TextOrNull(2) is { Length: > 0 } color) line.Color = color;
        return new List<Series> { line };
    }
}
