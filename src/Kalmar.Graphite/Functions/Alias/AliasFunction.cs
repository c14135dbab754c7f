namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("alias", "Alias", "seriesList:seriesList, newName:string", "Shows the series under another name.")]
internal sealed class AliasFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series) => series.Name = call.Text(1);
}
