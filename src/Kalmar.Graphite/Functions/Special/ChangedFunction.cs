namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("changed", "Special", "seriesList:seriesList", "1 where the value differs from the one before, 0 elsewhere.")]
internal sealed class ChangedFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Rename($"changed({series.Name})");
        series.WholeNumbers = true;
        var previous = double.NaN;
        foreach (ref var value in series.Values.AsSpan())
        {
            var different = !double.IsNaN(previous) && !double.IsNaN(value) && value != previous;
            if (double.IsNaN(previous) || different) previous = value;
            value = different ? 1 : 0;
        }
    }
}
