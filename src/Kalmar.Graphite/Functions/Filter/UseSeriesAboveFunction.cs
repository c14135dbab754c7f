using Kalmar.Graphite.Evaluation;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Filter;

[RenderFunction("useSeriesAbove", "Filter Series", "seriesList:seriesList, value:float, search:string, replace:string",
    "For the series that exceed a value somewhere, the series whose name a replacement gives.")]
internal sealed class UseSeriesAboveFunction : RenderFunction
{
    /// <inheritdoc/>
    public override async ValueTask<object?> CallAsync(FunctionCall call)
    {
        var regex = PythonRegex.Compile(call.Text(2));
        var results = new List<Series>();
        foreach (var series in call.List(0).Where(s => Aggregation.Max(s.Points()) > call.Float(1)))
        {
            var name = PythonRegex.Substitute(regex, call.Text(3), series.Name);
            results.AddRange((await Evaluator.EvaluateAsync(call.Context, name).ConfigureAwait(false)).Where(s => s.Count > 0));
        }

        return results;
    }
}
