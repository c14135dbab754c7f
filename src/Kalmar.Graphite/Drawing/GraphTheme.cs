namespace Kalmar.Graphite.Drawing;

/// <summary>Colours that a <c>template</c> parameter chooses.</summary>
internal sealed record GraphTheme(string Background, string Foreground, string MajorLine, string MinorLine, string Lines)
{
    private const string Standard = "blue,green,red,purple,brown,yellow,aqua,grey,magenta,pink,gold,mistyrose";

    /// <summary>The theme of a name; the default one for an unknown name.</summary>
    public static GraphTheme Find(string? name) => name switch
    {
        "plain" => new("white", "black", "grey", "rose", Standard),
        "noc" => new("black", "white", "white", "grey", Standard),
        "summary" => new("black", "white", "white", "grey", "6464ff,00c800,c80032,c864ff"),
        "alphas" => new("white", "black", "grey", "rose", "00ff00aa,ff000077,00337799"),
        _ => new("black", "white", "white", "grey", Standard),
    };
}
