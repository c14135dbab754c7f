using System.Globalization;
using System.Text;

namespace Kalmar.Graphite.Targets;

/// <summary>
/// Reads Graphite's target language:
/// <code>
/// expression = (template | call | path) { "|" call }
/// call       = name "(" [ argument {"," argument} {"," name "=" argument} ] ")"
/// argument   = true | false | number | none | "text" | 'text' | inf | expression
/// path       = element { "." element },  element = characters and {a,b} lists; "\" escapes one of (){},.'"\|=
/// </code>
/// As in graphite-web, what follows a complete expression is ignored, and a call that is not well formed is read as the path that its name would be.
/// </summary>
public sealed class TargetParser
{
    /// <summary>The longest target that is read.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>How deep calls may stand in each other.</summary>
    public const int MaxDepth = 200;

    private readonly string _text;
    private int _at;
    private int _depth;
    private int _steps;

    private TargetParser(string text) => _text = text;

    /// <summary>Reads a target.</summary>
    /// <exception cref="GraphiteException">It is too long, too deep, or does not begin with anything that can be evaluated.</exception>
    public static TargetNode Parse(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Length > MaxLength) throw GraphiteException.Limit($"Target of {target.Length} characters: at most {MaxLength} are accepted");
        var parser = new TargetParser(target);
        return parser.Expression() ?? throw new GraphiteException($"Cannot parse target at character {parser._at}: '{Excerpt(target, parser._at)}'");
    }

    private static string Excerpt(string text, int at) => text.Length - at > 40 ? string.Concat(text.AsSpan(at, 40), "…") : text[Math.Min(at, text.Length)..];

    private TargetNode? Expression()
    {
        if (++_depth > MaxDepth) throw GraphiteException.Limit($"Target is nested more than {MaxDepth} deep");
        // A malformed call is read a second time as a path, at every depth: bound what that may cost.
        if (++_steps > MaxLength) throw GraphiteException.Limit("Target is too complex");
        var start = _at;
        TargetNode? node = Template() ?? Call() ?? Path();
        while (node is not null)
        {
            var before = _at;
            Spaces();
            if (Take('|') && Call() is CallNode call) node = call.WithFirst(node);
            else
            {
                _at = before;
                break;
            }
        }

        if (node is null) _at = start;
        _depth--;
        return node;
    }

    private TemplateNode? Template()
    {
        var start = _at;
        Spaces();
        if (string.CompareOrdinal(_text, _at, "template", 0, 8) != 0) return Back<TemplateNode>(start);
        _at += 8;
        Spaces();
        if (!Take('(')) return Back<TemplateNode>(start);
        var body = Call() ?? Path();
        if (body is null) return Back<TemplateNode>(start);
        List<KeyValuePair<string, object?>> values = [];
        Spaces();
        while (Take(','))
        {
            var name = NameBeforeEqual();
            var value = Number() ?? Text();
            if (value is null) return Back<TemplateNode>(start);
            values.Add(new(name ?? (values.Count + 1).ToString(CultureInfo.InvariantCulture), value.Value));
            Spaces();
        }

        return Take(')') ? new TemplateNode(body, values) : Back<TemplateNode>(start);
    }

    private TargetNode? Call()
    {
        var start = _at;
        Spaces();
        var from = _at;
        var name = Identifier();
        if (name is null) return Back<CallNode>(start);
        Spaces();
        if (!Take('(')) return Back<CallNode>(start);
        List<TargetNode> arguments = [];
        List<KeyValuePair<string, TargetNode>> named = [];
        Spaces();
        if (!Peek(')'))
        {
            do
            {
                var argumentName = NameBeforeEqual();
                if (argumentName is not null && arguments.Count == 0) return Back<CallNode>(start);
                if (argumentName is null && named.Count > 0) return Back<CallNode>(start);
                if (Argument() is not { } argument) return Back<CallNode>(start);
                if (argumentName is null) arguments.Add(argument);
                else named.Add(new(argumentName, argument));
                Spaces();
            }
            while (Take(','));
        }

        return Take(')') ? new CallNode(name, arguments, named, _text[from.._at]) : Back<CallNode>(start);
    }

    private TargetNode? Argument()
    {
        Spaces();
        if (Keyword("true")) return new ConstantNode(true);
        if (Keyword("false")) return new ConstantNode(false);
        if (Number() is { } number) return number;
        if (Keyword("none")) return new ConstantNode(null);
        if (Text() is { } text) return text;
        return Keyword("inf") ? new ConstantNode(double.PositiveInfinity) : Expression();
    }

    private ConstantNode? Number()
    {
        Spaces();
        var start = _at;
        var i = _at;
        if (i < _text.Length && _text[i] == '-') i++;
        var digits = i;
        while (i < _text.Length && char.IsAsciiDigit(_text[i])) i++;
        if (i == digits) return null;
        var whole = true;
        if (i + 1 < _text.Length && _text[i] == '.' && char.IsAsciiDigit(_text[i + 1]))
        {
            whole = false;
            for (i++; i < _text.Length && char.IsAsciiDigit(_text[i]); i++) { }
        }

        if (i < _text.Length && _text[i] is 'e' or 'E')
        {
            var exponent = i + 1;
            if (exponent < _text.Length && _text[exponent] == '-') exponent++;
            var j = exponent;
            while (j < _text.Length && char.IsAsciiDigit(_text[j])) j++;
            if (j > exponent) (i, whole) = (j, false);
        }

        _at = i;
        Spaces();
        var ends = _at >= _text.Length || _text[_at] is ',' or ')';
        if (!ends) return Back<ConstantNode>(start);
        var text = _text.AsSpan(start, i - start);
        if (whole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)) return new ConstantNode(integer);
        return new ConstantNode(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    private ConstantNode? Text()
    {
        Spaces();
        if (_at >= _text.Length || _text[_at] is not ('"' or '\'')) return null;
        var quote = _text[_at];
        for (var i = _at + 1; i < _text.Length; i++)
        {
            if (_text[i] is '\n' or '\r') return null;
            if (_text[i] == '\\') i++;
            else if (_text[i] == quote)
            {
                if (i + 1 < _text.Length && _text[i + 1] == quote)
                {
                    i++;
                    continue;
                }

                var value = _text[(_at + 1)..i];
                _at = i + 1;
                return new ConstantNode(value);
            }
        }

        return null;
    }

    private PathNode? Path()
    {
        var start = _at;
        Spaces();
        var path = new StringBuilder();
        while (true)
        {
            var before = _at;
            var length = path.Length;
            if (length > 0)
            {
                if (!Take('.')) break;
                path.Append('.');
            }

            if (Element(path)) continue;
            path.Length = length;
            _at = before;
            break;
        }

        if (path.Length == 0) return Back<PathNode>(start);
        return new PathNode(path.ToString());
    }

    private bool Element(StringBuilder path)
    {
        var any = false;
        while (_at < _text.Length)
        {
            if (_text[_at] == '{' ? Choices(path) : Plain(path)) any = true;
            else break;
        }

        return any;
    }

    private bool Choices(StringBuilder path)
    {
        var (start, length) = (_at, path.Length);
        _at++;
        path.Append('{');
        while (Plain(path))
        {
            if (Take(',')) path.Append(',');
            else if (Take('}'))
            {
                path.Append('}');
                return true;
            }
            else break;
        }

        (_at, path.Length) = (start, length);
        return false;
    }

    private bool Plain(StringBuilder path)
    {
        var start = _at;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '(' or ')' or '{' or '}' or ',' or '.' or '\'' or '"' or '\\' or '|' or '=')
            {
                path.Append(c).Append(_text[_at + 1]);
                _at += 2;
            }
            else if (c > ' ' && c != '\u007f' && c is not ('(' or ')' or '{' or '}' or ',' or '.' or '\'' or '"' or '\\' or '|') && !char.IsWhiteSpace(c))
            {
                path.Append(c);
                _at++;
            }
            else break;
        }

        return _at > start;
    }

    private string? NameBeforeEqual()
    {
        var start = _at;
        Spaces();
        var name = Identifier();
        if (name is null) return Back<string>(start);
        Spaces();
        return Take('=') ? name : Back<string>(start);
    }

    private string? Identifier()
    {
        var i = _at;
        if (i >= _text.Length || !(char.IsAsciiLetter(_text[i]) || _text[i] == '_')) return null;
        while (i < _text.Length && (char.IsAsciiLetterOrDigit(_text[i]) || _text[i] == '_')) i++;
        var name = _text[_at..i];
        _at = i;
        return name;
    }

    private bool Keyword(string word)
    {
        if (string.Compare(_text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0) return false;
        var end = _at + word.Length;
        // A metric may well be called none.of.them or true-north: a keyword ends where an argument ends.
        for (var i = end; i < _text.Length; i++)
        {
            if (_text[i] is ',' or ')') break;
            if (!char.IsWhiteSpace(_text[i])) return false;
        }

        _at = end;
        return true;
    }

    private void Spaces()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
    }

    private bool Peek(char c) => _at < _text.Length && _text[_at] == c;

    private bool Take(char c)
    {
        if (!Peek(c)) return false;
        _at++;
        return true;
    }

    private T? Back<T>(int to) where T : class
    {
        _at = to;
        return null;
    }
}
