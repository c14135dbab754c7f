using System.Globalization;

namespace Kalmar.Graphite.Drawing;

/// <summary>A colour by Graphite's names or in hexadecimal, with its own opacity.</summary>
internal readonly record struct GraphColor(byte Red, byte Green, byte Blue, double Alpha)
{
    /// <summary>Reads <c>blue</c>, <c>#6464ff</c>, <c>6464ff80</c>.</summary>
    /// <exception cref="GraphiteException">There is no such colour.</exception>
    public static GraphColor Parse(string text)
    {
        if (Named(text) is { } named) return named;
        var hex = text.StartsWith("%23", StringComparison.Ordinal) ? text[3..] : text.TrimStart('#');
        if (hex.Length is >= 6 and <= 8 && uint.TryParse(hex.AsSpan(0, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb))
        {
            var alpha = hex.Length == 8 && byte.TryParse(hex.AsSpan(6), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var own) ? own / 255.0 : 1;
            return new GraphColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb, alpha);
        }

        throw new GraphiteException($"'{text}' is not a colour: give a name such as blue, or hexadecimal such as 6464ff");
    }

    private static GraphColor? Named(string name) => name switch
    {
        "black" => Of(0, 0, 0),
        "white" => Of(255, 255, 255),
        "blue" => Of(100, 100, 255),
        "green" => Of(0, 200, 0),
        "red" => Of(200, 0, 50),
        "yellow" => Of(255, 255, 0),
        "orange" => Of(255, 165, 0),
        "purple" => Of(200, 100, 255),
        "brown" => Of(150, 100, 50),
        "cyan" => Of(0, 255, 255),
        "aqua" => Of(0, 150, 150),
        "gray" or "grey" => Of(175, 175, 175),
        "magenta" => Of(255, 0, 255),
        "pink" => Of(255, 100, 100),
        "gold" => Of(200, 200, 0),
        "rose" => Of(200, 150, 200),
        "mistyrose" => Of(255, 228, 225),
        "darkblue" => Of(0, 0, 255),
        "darkgreen" => Of(0, 255, 0),
        "darkred" => Of(255, 0, 0),
        "darkgray" or "darkgrey" => Of(111, 111, 111),
        _ => null,
    };

    private static GraphColor Of(byte red, byte green, byte blue) => new(red, green, blue, 1);
}
