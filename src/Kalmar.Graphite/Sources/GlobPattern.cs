namespace Kalmar.Graphite.Sources;

/// <summary>
/// One part of a path with globs: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a-z]</c>. Matching takes time in proportion to pattern × text at worst and allocates nothing.
/// </summary>
internal readonly struct GlobPattern
{
    private const int MaxVariants = 10_000;
    private readonly string _text;
    private readonly string? _prefix;

    public GlobPattern(string text)
    {
        _text = text;
        var glob = text.AsSpan().IndexOfAny('*', '?', '[');
        IsLiteral = glob < 0;
        Start = glob < 0 ? text : text[..glob];
        if (!IsLiteral && text[^1] == '*' && text.AsSpan(0, text.Length - 1).IndexOfAny('*', '?', '[') < 0) _prefix = text[..^1];
    }

    /// <summary>Whether there is no glob in it.</summary>
    public bool IsLiteral { get; }

    /// <summary>How every name begins that matches: the part before the first glob.</summary>
    public string Start { get; }

    /// <summary>The pattern as written.</summary>
    public string Text => _text;

    /// <summary>Whether a name matches.</summary>
    public bool Matches(ReadOnlySpan<char> name) =>
        _prefix is not null ? name.StartsWith(_prefix, StringComparison.Ordinal) : IsLiteral ? name.SequenceEqual(_text) : Match(_text, name);

    /// <summary>All patterns that <c>{a,b}</c> lists stand for; inner lists first.</summary>
    public static List<GlobPattern> Expand(string part)
    {
        var variants = new HashSet<string>(StringComparer.Ordinal);
        Expand(part, variants);
        return variants.Select(v => new GlobPattern(v)).ToList();
    }

    private static void Expand(string part, HashSet<string> variants)
    {
        var close = -1;
        var open = -1;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '{') open = i;
            else if (part[i] == '}' && open >= 0)
            {
                close = i;
                break;
            }
        }

        if (close < 0)
        {
            if (variants.Count >= MaxVariants) throw GraphiteException.Limit($"Pattern stands for more than {MaxVariants} names");
            variants.Add(part);
            return;
        }

        foreach (var choice in part[(open + 1)..close].Split(',')) Expand(string.Concat(part.AsSpan(0, open), choice, part.AsSpan(close + 1)), variants);
    }

    private static bool Match(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        var (p, n, starAt, starName) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (starAt, starName) = (p++, n);
                continue;
            }

            var next = p;
            if (p < pattern.Length && One(pattern, ref next, name[n]))
            {
                (p, n) = (next, n + 1);
                continue;
            }

            if (starAt < 0) return false;
            (p, n) = (starAt + 1, ++starName);
        }

        while (p < pattern.Length && pattern[p] == '*') p++;
        return p == pattern.Length;
    }

    private static bool One(ReadOnlySpan<char> pattern, ref int at, char c)
    {
        if (pattern[at] == '?')
        {
            at++;
            return true;
        }

        if (pattern[at] != '[') return pattern[at++] == c;
        var close = at + 1;
        if (close < pattern.Length && pattern[close] == '!') close++;
        if (close < pattern.Length && pattern[close] == ']') close++;
        while (close < pattern.Length && pattern[close] != ']') close++;
        if (close >= pattern.Length) return pattern[at++] == c;
        var set = pattern[(at + 1)..close];
        at = close + 1;
        var negated = set[0] == '!';
        if (negated) set = set[1..];
        var found = false;
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                found |= c >= set[i] && c <= set[i + 2];
                i += 2;
            }
            else found |= c == set[i];
        }

        return found != negated;
    }
}
