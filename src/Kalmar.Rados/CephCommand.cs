using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kalmar.Rados;

/// <summary>
/// A command for a monitor or a daemon: one JSON object with <c>prefix</c>, <c>format</c> and arguments. Immutable: <c>With</c> gives a
/// changed copy. For example <c>new CephCommand("osd pool create").With("pool", "data").With("pg_num", 32)</c>.
/// </summary>
public sealed class CephCommand
{
    private readonly (string Name, object Value)[] _arguments;

    /// <summary>A command without arguments that answers in JSON.</summary>
    /// <param name="prefix">The words of the command, for example <c>osd tree</c>.</param>
    public CephCommand(string prefix)
        : this(prefix, [("format", "json")], isIdempotent: false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prefix);
    }

    private CephCommand(string prefix, (string Name, object Value)[] arguments, bool isIdempotent)
    {
        Prefix = prefix;
        _arguments = arguments;
        IsIdempotent = isIdempotent;
    }

    /// <summary>The words of the command.</summary>
    public string Prefix { get; }

    /// <summary>
    /// True when running it twice does no harm. Such a command is sent again when the connection is lost before it was answered; any other
    /// one then fails, because nobody knows whether it ran.
    /// </summary>
    public bool IsIdempotent { get; }

    /// <summary>A read-only command: <see cref="IsIdempotent"/> from the start.</summary>
    /// <param name="prefix">The words of the command.</param>
    public static CephCommand Query(string prefix) => new CephCommand(prefix).AsIdempotent();

    /// <summary>Takes a whole JSON object as it would be sent.</summary>
    /// <param name="json">An object with at least <c>prefix</c>.</param>
    /// <exception cref="FormatException">It is no JSON object, or has no prefix.</exception>
    public static CephCommand Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("prefix", out JsonElement prefix)
                && prefix.ValueKind == JsonValueKind.String)
            {
                return new CephCommand(
                    prefix.GetString()!,
                    [.. document.RootElement.EnumerateObject().Where(p => p.Name != "prefix").Select(p => (p.Name, (object)p.Value.Clone()))],
                    isIdempotent: false);
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"the command is not JSON: {e.Message}", e);
        }

        throw new FormatException("the command must be a JSON object with a 'prefix'");
    }

    /// <summary>A copy with a text argument.</summary>
    /// <param name="name">The argument's name in the command's description.</param>
    /// <param name="value">Its value.</param>
    public CephCommand With(string name, string value) => Add(name, value);

    /// <summary>A copy with a whole number.</summary>
    /// <param name="name">The argument's name in the command's description.</param>
    /// <param name="value">Its value.</param>
    public CephCommand With(string name, long value) => Add(name, value);

    /// <summary>A copy with a number.</summary>
    /// <param name="name">The argument's name in the command's description.</param>
    /// <param name="value">Its value.</param>
    public CephCommand With(string name, double value) => Add(name, value);

    /// <summary>A copy with a flag.</summary>
    /// <param name="name">The argument's name in the command's description.</param>
    /// <param name="value">Its value.</param>
    public CephCommand With(string name, bool value) => Add(name, value);

    /// <summary>A copy with a list of texts.</summary>
    /// <param name="name">The argument's name in the command's description.</param>
    /// <param name="values">Its values.</param>
    public CephCommand With(string name, IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Add(name, values.ToArray());
    }

    /// <summary>A copy that is marked as doing no harm when run twice.</summary>
    public CephCommand AsIdempotent() => new(Prefix, _arguments, isIdempotent: true);

    /// <summary>
    /// The JSON object that is sent. Whatever is no control character stands in it as it is: Ceph's reader takes the two halves of an escaped character
    /// beyond U+FFFF for two characters, which gives names that are no UTF-8 and ends a manager whose module is handed one.
    /// </summary>
    public string ToJson()
    {
        var json = new StringBuilder("{\"prefix\":");
        Append(json, Prefix);
        foreach ((string name, object value) in _arguments)
        {
            json.Append(',');
            Append(json, name);
            json.Append(':');
            Append(json, value);
        }

        return json.Append('}').ToString();
    }

    /// <summary>The prefix. Arguments may hold secrets and are not shown.</summary>
    public override string ToString() => Prefix;

    private static void Append(StringBuilder json, object value)
    {
        switch (value)
        {
            case string text:
                Append(json, text);
                break;
            case long number:
                json.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
            case double number:
                // Ceph refuses a whole number where it wants a fraction: 1.0, not 1.
                string digits = number.ToString("R", CultureInfo.InvariantCulture);
                json.Append(digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + ".0" : digits);
                break;
            case bool flag:
                json.Append(flag ? "true" : "false");
                break;
            case JsonElement element:
                Append(json, element);
                break;
            case string[] texts:
                AppendAll(json, '[', texts, static (json, text) => Append(json, text), ']');
                break;
        }
    }

    private static void Append(StringBuilder json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Append(json, element.GetString()!);
                break;
            case JsonValueKind.Array:
                AppendAll(json, '[', element.EnumerateArray(), static (json, item) => Append(json, item), ']');
                break;
            case JsonValueKind.Object:
                AppendAll(json, '{', element.EnumerateObject(), static (json, member) =>
                {
                    Append(json, member.Name);
                    json.Append(':');
                    Append(json, member.Value);
                }, '}');
                break;
            default:
                json.Append(element.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder json, char open, IEnumerable<T> items, Action<StringBuilder, T> append, char close)
    {
        json.Append(open);
        bool isFirst = true;
        foreach (T item in items)
        {
            if (!isFirst)
            {
                json.Append(',');
            }

            isFirst = false;
            append(json, item);
        }

        json.Append(close);
    }

    private static void Append(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    json.Append('\\').Append(c);
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case < ' ' or '\u007f':
                    json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }

    private CephCommand Add(string name, object value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new CephCommand(Prefix, [.. _arguments.Where(a => a.Name != name), (name, value)], IsIdempotent);
    }
}
