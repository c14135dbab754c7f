namespace Kalmar.Graphite.Functions.Combine;

[RenderFunction("groupByNode", "Combine", "seriesList:seriesList, nodeNum:nodeOrTag, callback:aggOrSeriesFunc?=average", "Combines the series that share a node of their name, or a tag.")]
internal sealed class GroupByNodeFunction : RenderFunction
{
    /// <inheritdoc/>
    public override ValueTask<object?> CallAsync(FunctionCall call) => GroupByNodesFunction.GroupAsync(call, call.Text(2), [call.Raw(1)]);
}
