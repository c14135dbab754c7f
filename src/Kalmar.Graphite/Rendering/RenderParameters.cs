using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Graphite.Rendering;

/// <summary>The parameters of a request, from its query and its form together. Of several with one name the last one counts, unless all are asked for.</summary>
public sealed class RenderParameters
{
    private readonly List<KeyValuePair<string, string>> _items = [];

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> All => _items;

    /// <summary>Adds one.</summary>
    public RenderParameters Add(string name, string value)
    {
        _items.Add(new(name, value));
        return this;
    }

    /// <summary>Reads <c>a=1&amp;b=2</c>.</summary>
    public static RenderParameters OfQuery(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parameters = new RenderParameters();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equal = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equal < 0 ? (pair, string.Empty) : (pair[..equal], pair[(equal + 1)..]);
            parameters.Add(Decode(name), Decode(value));
        }

        return parameters;
    }

    /// <summary>The value of a name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            for (var i = _items.Count - 1; i >= 0; i--)
            {
                if (string.Equals(_items[i].Key, name, StringComparison.Ordinal)) return _items[i].Value;
            }

            return null;
        }
    }

    /// <summary>Whether the name occurs.</summary>
    public bool Has(string name) => this[name] is not null;

    /// <summary>Looks a name up.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value) => (value = this[name]) is not null;

    /// <summary>All values of a name.</summary>
    public IEnumerable<string> Values(string name) => _items.Where(i => i.Key == name).Select(i => i.Value);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
