namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("aliasByTags", "Alias", "seriesList:seriesList, tags:nodeOrTag...",
    "Shows each series under some of its tags, or nodes of its path.")]
internal sealed class AliasByTagsFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        series.Name = Naming.Key(series, call.Rest(1));
    }
}
