namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("compressPeriodicGaps", "Transform", "seriesList:seriesList",
    "Guesses from the first values that only every n-th point is known, and gives the series with the step of its data.")]
internal sealed class CompressPeriodicGapsFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        series.Rename($"compressPeriodicGaps({series.Name})");
        var values = series.Values;
        var (first, second) = (0, 0);
        for (var i = 0; i < values.Length && second == 0; i++)
        {
            if (double.IsNaN(values[i]) || values[i] == 0) continue;
            if (first > 0) second = i;
            else first = i;
        }

        var guess = second - first;
        var third = second + guess;
        if (guess <= 1 || third > values.Length - 2 || double.IsNaN(values[third]) || values[third] == 0) return series;
        if (!double.IsNaN(values[third - 1]) || !double.IsNaN(values[third + 1])) return series;
        var interval = guess * series.Step;
        var start = series.Start + (first * series.Step);
        var (compressed, _) = Summary.Of(call.Context.Budget, series, "last", interval, start, series.End);
        return new Series(series.Name, start, start + (interval * (compressed.Length - 1)), interval, compressed)
        {
            Consolidation = series.Consolidation,
            Tags = series.Tags,
            XFilesFactor = series.XFilesFactor,
        };
    }
}
