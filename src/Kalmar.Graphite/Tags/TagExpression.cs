using System.Text.RegularExpressions;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Tags;

/// <summary>
/// A condition on one tag: <c>tag=value</c>, <c>tag!=value</c>, <c>tag=~regex</c> or <c>tag!=~regex</c>. Regular expressions match from the start of
/// a value. A series without the tag counts as one whose value is empty.
/// </summary>
internal sealed class TagExpression
{
    private readonly string _operand;
    private readonly bool _not;
    private readonly Regex? _regex;

    private TagExpression(string tag, string operand, bool not, Regex? regex)
    {
        (Tag, _operand, _not, _regex) = (tag, operand, not, regex);
        MatchesEmpty = Matches(string.Empty);
    }

    /// <summary>The tag.</summary>
    public string Tag { get; }

    /// <summary>Whether series without the tag match.</summary>
    public bool MatchesEmpty { get; }

    /// <summary>The one value that matches, or null when there may be several.</summary>
    public string? OnlyValue => _not || _regex is not null ? null : _operand;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="GraphiteException">It is malformed.</exception>
    public static TagExpression Parse(string text)
    {
        var end = text.AsSpan().IndexOfAny(";!=");
        if (end <= 0 || text.AsSpan(end).Contains(';')) throw new GraphiteException($"Invalid tagspec {text}");
        var rest = text.AsSpan(end);
        var not = rest[0] == '!';
        if (not) rest = rest[1..];
        if (rest.IsEmpty || rest[0] != '=') throw new GraphiteException($"Invalid tagspec {text}");
        rest = rest[1..];
        var regex = !rest.IsEmpty && rest[0] == '~';
        if (regex) rest = rest[1..];
        var operand = rest.ToString();
        return new TagExpression(text[..end], operand, not, regex ? PythonRegex.Compile(operand, anchored: !operand.StartsWith('^')) : null);
    }

    /// <summary>Whether a value matches.</summary>
    public bool Matches(string value) => (_regex is null ? string.Equals(value, _operand, StringComparison.Ordinal) : PythonRegex.Search(_regex, value)) != _not;
}
