namespace Kalmar.Graphite.Functions.Alias;

[RenderFunction("upper", "Alias", "seriesList:seriesList, pos:integer?...",
    "Turns the names, or the characters at some positions, to upper case.")]
internal sealed class UpperFunction : InPlaceFunction
{
    /// <inheritdoc/>
    protected override void Apply(FunctionCall call, Series series)
    {
        if (call.Count == 1) series.Name = series.Name.ToUpperInvariant();
        var letters = series.Name.ToCharArray();
        for (var i = 1; i < call.Count; i++)
        {
            var at = call.Int(i);
            if (at < 0) at += letters.Length;
            if (at >= 0 && at < letters.Length) letters[at] = char.ToUpperInvariant(letters[at]);
        }

        series.Name = new string(letters);
    }
}
