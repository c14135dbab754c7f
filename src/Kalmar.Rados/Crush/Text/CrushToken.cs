namespace Kalmar.Rados.Crush.Text;

/// <summary>A word or a brace of a CRUSH text, with its place; the end has no text.</summary>
internal readonly record struct CrushToken(string Text, int Line, int Column)
{
    private const int MostShown = 40;

    public bool IsEnd => Text.Length == 0;

    public bool Is(string text) => string.Equals(Text, text, StringComparison.Ordinal);

    public CrushTextException Error(string problem) => new(Line, Column, problem);

    public CrushTextException Expected(string what) => Error($"expected {what}, found {Shown()}");

    public string Shown() => IsEnd ? "the end of the text" : Text.Length > MostShown ? $"'{Text[..MostShown]}…'" : $"'{Text}'";
}
