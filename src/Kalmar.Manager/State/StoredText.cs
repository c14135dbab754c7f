using System.Text;

namespace Kalmar.Manager.State;

/// <summary>Makes any text one that both databases take and give back unchanged.</summary>
internal static class StoredText
{
    /// <summary>The text with NUL and unpaired surrogates replaced by U+FFFD.</summary>
    public static string Of(string text)
    {
        bool good = !text.Contains('\0', StringComparison.Ordinal);
        for (int i = 0; good && i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                good = char.IsSurrogatePair(text, i);
                i++;
            }
        }

        if (good)
        {
            return text;
        }

        StringBuilder result = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            result.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return result.ToString();
    }
}
