namespace Kalmar.Graphite.Functions.Special;

[RenderFunction("substr", "Special", "seriesList:seriesList, start:node?=0, stop:node?=0",
    "Shows each series under the parts of its path from one position to another.")]
internal sealed class SubstrFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series) => series.Name = Cut(series.Name, call.Int(1), call.Int(2));

    /// <summary>The parts of the innermost path of a name; negative positions count from the end, a stop of 0 means all.</summary>
    public static string Cut(string name, int start, int stop)
    {
        var left = name.LastIndexOf('(') + 1;
        var right = name.IndexOf(')', StringComparison.Ordinal);
        if (right < 0) right = name.Length;
        var parts = left < right ? name[left..right].Split('.') : [""];
        var from = Position(start, parts.Length);
        var to = stop == 0 ? parts.Length : Position(stop, parts.Length);
        var text = from < to ? string.Join('.', parts[from..to]) : string.Empty;
        return text.IndexOf(',', StringComparison.Ordinal) is >= 0 and var comma ? text[..comma] : text;
    }

    private static int Position(int at, int length) => Math.Clamp(at < 0 ? at + length : at, 0, length);
}
