using System.Buffers;
using System.Globalization;
using Kalmar.Graphite.Targets;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Evaluation;

/// <summary>What <c>$name</c> stands for inside a template.</summary>
internal sealed class Replacements
{
    private static readonly SearchValues<char> s_numeric = SearchValues.Create("0123456789.");
    private readonly List<KeyValuePair<string, object?>> _values = [];

    public static Replacements Of(TemplateNode template, IReadOnlyDictionary<string, string> request)
    {
        var replacements = new Replacements();
        foreach (var (name, value) in template.Values) replacements.Set(name, value);
        foreach (var (name, value) in request) replacements.Set(name, value);
        return replacements;
    }

    /// <summary>The path with values filled in, or a null path and the value when the path is nothing but a name.</summary>
    public (string? Path, object? Value) Apply(string path)
    {
        foreach (var (name, value) in _values)
        {
            var mark = "$" + name;
            if (path != mark)
            {
                path = path.Replace(mark, PythonText.Str(value), StringComparison.Ordinal);
                continue;
            }

            if (value is not string text) return (null, value);
            var numeric = text.Length > 0 && text.AsSpan(text[0] == '-' ? 1 : 0).IndexOfAnyExcept(s_numeric) < 0;
            return (null, numeric && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text);
        }

        return (path, null);
    }

    private void Set(string name, object? value)
    {
        var at = _values.FindIndex(v => v.Key == name);
        if (at >= 0) _values[at] = new(name, value);
        else _values.Add(new(name, value));
    }
}
