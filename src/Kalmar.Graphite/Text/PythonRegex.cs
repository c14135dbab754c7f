using System.Text;
using System.Text.RegularExpressions;

namespace Kalmar.Graphite.Text;

/// <summary>
/// Regular expressions of targets, in Python's spelling. They run without backtracking where the engine can, and with a time limit where it cannot, so
/// that no pattern holds a request up.
/// </summary>
internal static class PythonRegex
{
    private const int LongestPattern = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="GraphiteException">The pattern is malformed or too long.</exception>
    public static Regex Compile(string pattern, bool anchored = false)
    {
        if (pattern.Length > LongestPattern) throw GraphiteException.Limit($"Regular expression of {pattern.Length} characters: at most {LongestPattern} are accepted");
        var spelled = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
        if (anchored) spelled = "^(?:" + spelled + ")";
        try
        {
            return new Regex(spelled, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, s_patience);
        }
        catch (NotSupportedException)
        {
            return new Regex(spelled, RegexOptions.CultureInvariant, s_patience);
        }
        catch (ArgumentException e)
        {
            throw new GraphiteException($"Invalid regular expression '{pattern}': {e.Message}", e);
        }
    }

    /// <summary>Whether the pattern is found anywhere in the text.</summary>
    public static bool Search(Regex regex, string text) => Guard(regex, () => regex.IsMatch(text));

    /// <summary>Replaces all matches; <c>\1</c> and <c>\g&lt;name&gt;</c> in the replacement stand for groups.</summary>
    public static string Substitute(Regex regex, string replacement, string text) =>
        Guard(regex, () => regex.Replace(text, match => Expand(match, replacement)));

    private static T Guard<T>(Regex regex, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new GraphiteException($"Regular expression '{regex}' takes too long: simplify it", 422, e);
        }
    }

    private static string Expand(Match match, string replacement)
    {
        if (!replacement.Contains('\\')) return replacement;
        var text = new StringBuilder();
        for (var i = 0; i < replacement.Length; i++)
        {
            if (replacement[i] != '\\' || i + 1 == replacement.Length)
            {
                text.Append(replacement[i]);
                continue;
            }

            var c = replacement[++i];
            if (char.IsAsciiDigit(c))
            {
                var end = i + 1;
                if (end < replacement.Length && char.IsAsciiDigit(replacement[end])) end++;
                text.Append(Group(match, replacement[i..end]));
                i = end - 1;
            }
            else if (c == 'g' && i + 1 < replacement.Length && replacement[i + 1] == '<' && replacement.IndexOf('>', i) is > 0 and var close)
            {
                text.Append(Group(match, replacement[(i + 2)..close]));
                i = close;
            }
            else text.Append(c switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' => "\\", _ => "\\" + c });
        }

        return text.ToString();
    }

    private static string Group(Match match, string name)
    {
        var group = match.Groups[name];
        var known = int.TryParse(name, out var number) ? number < match.Groups.Count : group.Success;
        return known ? group.Value : throw new GraphiteException($"Invalid group reference {name} in the replacement");
    }
}
