using Kalmar.Rados.Crush.Text;

namespace Kalmar.Rados.Crush;

/// <summary>
/// CRUSH maps as the text that people edit: the language of <c>crushtool -c</c> and <c>crushtool -d</c>. What both compile gives the same
/// bytes. Beyond crushtool of Pacific: <c>min_size</c> and <c>max_size</c> may be left out, the rules of Squid are known, and
/// <c>choose_args -1</c> is taken. Stricter: words are parted by white space, numbers must fit, nothing is defined twice.
/// </summary>
public static class CrushText
{
    /// <summary>The decimals of weights that crushtool writes up to Pacific.</summary>
    public const int CrushToolDecimals = 3;

    /// <summary>The longest text that is compiled, in UTF-16 units; a map of 10,000 OSDs takes about 1 Mi.</summary>
    public const int MaxLength = 16 << 20;

    /// <summary>Writes a map as text.</summary>
    /// <param name="map">The map.</param>
    /// <param name="decimals">
    /// The decimals of weights, 0 to 16; null writes as many as it takes (and at least three) to compile to the same weight again. Three, as
    /// crushtool writes them, change nearly every weight a little, and a changed weight moves data.
    /// </param>
    /// <returns>The text, lines end in a line feed. A bucket that contains itself is written where it is met first.</returns>
    public static string Decompile(CrushMap map, int? decimals = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfNegative(decimals ?? 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals ?? 0, 16);
        return new CrushTextWriter(map, decimals).Write();
    }

    /// <summary>Makes the map that a text describes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The map, with the shadow buckets of its device classes when it has a rule.</returns>
    /// <exception cref="CrushTextException">The text is no map; the first mistake is named.</exception>
    public static CrushMap Compile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > MaxLength
            ? throw new CrushTextException(1, 1, $"a text of {text.Length} characters; more than {MaxLength} are not compiled")
            : new CrushMapBuilder(new CrushTextParser(text).Parse()).Build();
    }
}
