using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("cactiStyle", "Special", "seriesList:seriesList, system:string?, units:string?",
    "Names with the last, greatest and least value in columns, as Cacti shows them.", Options = "system: si, binary")]
internal sealed class CactiStyleFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        var list = call.List(0);
        if (list.Count == 0) return list;
        var (system, units) = (call.TextOrNull(1), call.TextOrNull(2));
        var width = list.Max(s => s.Name.Length);
        var last = Column(list, Aggregation.Last);
        var most = Column(list, Aggregation.Max);
        var least = Column(list, Aggregation.Min);
        for (var i = 0; i < list.Count; i++)
            list[i].Name = $"{list[i].Name.PadRight(width)} Current:{last[i]} Max:{most[i]} Min:{least[i]} ";
        return list;

        string Spell(double value)
        {
            if (string.IsNullOrEmpty(system)) return string.IsNullOrEmpty(units) ? PythonText.F2(value) : $"{PythonText.F2(value)} {units}";
            var (number, unit) = UnitFormat.Scale(value, system, string.IsNullOrEmpty(units) ? null : units);
            return string.IsNullOrEmpty(units) ? PythonText.F2(number) + unit : $"{PythonText.F2(number)} {unit}";
        }

        List<string> Column(List<Series> of, Func<ReadOnlySpan<double>, double> reduce)
        {
            var values = of.ConvertAll(s => reduce(s.Points()));
            var wide = values.Max(v => Spell(double.IsNaN(v) || v == 0 ? 3 : Math.Truncate(v)).Length) + 3;
            return values.ConvertAll(v => (double.IsNaN(v) ? "nan" : Spell(v)).PadRight(wide));
        }
    }
}
