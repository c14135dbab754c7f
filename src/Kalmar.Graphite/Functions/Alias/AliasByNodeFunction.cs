namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("aliasByNode", "Alias", "seriesList:seriesList, nodes:nodeOrTag...", "Shows each series under some nodes of its path, or tags.")]
internal sealed class AliasByNodeFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series) => series.Name = Naming.Key(series, call.Rest(1));
}
