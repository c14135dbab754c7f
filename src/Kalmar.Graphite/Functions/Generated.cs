using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Functions;

/// <summary>Series that are made up rather than read.</summary>
internal static class Generated
{
    /// <summary>Three points of one value: at the start, in the middle and at the end of the window.</summary>
    public static Series Line(FunctionCall call, double value, string name)
    {
        var (from, until) = (call.Context.From, call.Context.Until);
        return new Series(name, from, until, (until - from) / 2, [value, value, value]) { XFilesFactor = call.Context.XFilesFactor };
    }

    /// <summary>A value for each step of the window, the step being an argument and the name the first one.</summary>
    public static List<Series> Series(FunctionCall call, int stepIndex, Func<long, int, double> value)
    {
        var step = call.Int(stepIndex);
        if (step <= 0) throw call.Wrong(stepIndex, "a number above 0");
        return [Row(call.Context, call.Text(0), step, value)];
    }

    /// <summary>A value for each step of the window.</summary>
    public static Series Row(RenderContext context, string name, long step, Func<long, int, double> value)
    {
        var values = context.NewValues((context.Until - context.From + step - 1) / step);
        for (var i = 0; i < values.Length; i++) values[i] = value(context.From + (i * step), i);
        return new Series(name, context.From, context.Until, step, values) { XFilesFactor = context.XFilesFactor };
    }
}
