namespace Kalmar.Graphite.Drawing;

/// <summary>
/// How wide text is when nothing on this machine can measure it: advances of a common sans-serif face in thousandths of the font's size.
/// </summary>
internal static class TextWidths
{
    /// <summary>The width of text in pixels.</summary>
    public static double Of(string text, double size)
    {
        var width = 0;
        foreach (var c in text)
        {
            width += c switch
            {
                'i' or 'j' or 'l' or '\'' or '|' => 278,
                ' ' or '.' or ',' or ':' or ';' or '!' => 318,
                'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '/' => 391,
                'm' => 974,
                'w' or 'M' or '%' => 850,
                'W' or '@' => 989,
                '_' or 's' or 'c' or 'z' or 'J' => 510,
                >= 'A' and <= 'Z' => 690,
                > '\u2e80' => 1000,
                _ => 620,
            };
        }

        return width * size / 1000;
    }
}
