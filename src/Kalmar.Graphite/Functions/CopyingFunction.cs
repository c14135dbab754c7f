namespace Kalmar.Graphite.Functions;

/// <summary>A function that makes a new series of each one of its first argument.</summary>
internal abstract class CopyingFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected sealed override object? Call(FunctionCall call)
    {
        var results = new List<Series>();
        foreach (var series in call.List(0))
        {
            call.Context.Budget.Values(series.Count);
            if (Make(call, series) is { } made) results.Add(made);
        }

        return results;
    }

    /// <summary>Makes the new series, or null to leave it out.</summary>
    protected abstract Series? Make(FunctionCall call, Series series);
}
