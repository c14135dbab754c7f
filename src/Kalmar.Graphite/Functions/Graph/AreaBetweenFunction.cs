namespace Kalmar.Graphite.Functions.Graph;

[RenderFunction("areaBetween", "Graph", "seriesList:seriesList", "Fills the area between two series.")]
internal sealed class AreaBetweenFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var list = call.List(0);
        Join(list);
        return list;
    }

    /// <summary>Makes the first series the unseen foot of the second.</summary>
    public static void Join(List<Series> list)
    {
        if (list.Count != 2) throw new GraphiteException("areaBetween series argument must reference *exactly* 2 series");
        var (lower, upper) = (list[0], list[1]);
        (lower.Options.Stacked, lower.Options.Invisible, upper.Options.Stacked) = (true, true, true);
        upper.Tags["areaBetween"] = "1";
        lower.Tags = upper.Tags;
        lower.Name = upper.Name = $"areaBetween({upper.PathExpression})";
    }
}
