namespace Kalmar.Graphite.Functions;

/// <summary>A function that changes each series of its first argument where it stands.</summary>
internal abstract class InPlaceFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected sealed override object? Call(FunctionCall call)
    {
        var list = call.List(0);
        foreach (var series in list)
        {
            call.Context.Budget.Values(0);
            Apply(call, series);
        }

        return list;
    }

    /// <summary>Changes one series.</summary>
    protected abstract void Apply(FunctionCall call, Series series);
}
