using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Transform;

[RenderFunction("log", "Transform", "seriesList:seriesList, base:integer?=10", "The logarithm of every value above 0.")]
internal sealed class LogFunction : CopyingFunction
{
    /// <inheritdoc/>
    protected override Series? Make(FunctionCall call, Series series)
    {
        var number = call.Float(1);
        if (number <= 0 || number == 1) throw call.Wrong(1, "a number above 0 other than 1");
        var spelled = PythonText.Str(call.OrDefault(1));
        var divisor = Math.Log(number);
        var values = Array.ConvertAll(series.Points(), v => v > 0 ? Math.Log(v) / divisor : double.NaN);
        series.Tags["log"] = spelled;
        return series.Copy($"log({series.Name}, {spelled})", values);
    }
}
