using System.Text.RegularExpressions;

namespace Kalmar.Graphite.Functions.Sorting;

[RenderFunction("sortByName", "Sorting", "seriesList:seriesList, natural:boolean?=False, reverse:boolean?=False",
    "Orders the series by name; naturally, 2 comes before 10.")]
internal sealed partial class SortByNameFunction : SeriesFunction
{
    /// <inheritdoc/>
    protected override object? Call(FunctionCall call)
    {
        Func<Series, string> key = call.Flag(1) ? s => Natural(s.Name) : s => s.Name;
        var list = call.List(0);
        return (call.Flag(2) ? list.OrderByDescending(key, StringComparer.Ordinal) : list.OrderBy(key, StringComparer.Ordinal)).ToList();
    }

    private static string Natural(string name) => Digits().Replace(name, m => m.Value.TrimStart('0').PadLeft(10, '0'));

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Digits();
}
