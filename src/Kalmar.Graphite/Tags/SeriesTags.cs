using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Graphite.Tags;

/// <summary>The tags of a series in the order in which they were set. Small: a list that is searched.</summary>
public sealed class SeriesTags : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _items = [];

    /// <summary>How many tags there are.</summary>
    public int Count => _items.Count;

    /// <summary>Sets a tag, or reads one (null when there is none).</summary>
    [DisallowNull]
    public string? this[string tag]
    {
        get
        {
            foreach (var item in _items)
            {
                if (string.Equals(item.Key, tag, StringComparison.Ordinal)) return item.Value;
            }

            return null;
        }
        set
        {
            for (var i = 0; i < _items.Count; i++)
            {
                if (!string.Equals(_items[i].Key, tag, StringComparison.Ordinal)) continue;
                _items[i] = new(tag, value);
                return;
            }

            _items.Add(new(tag, value));
        }
    }

    /// <summary>Takes a tag away.</summary>
    public bool Remove(string tag) => _items.RemoveAll(i => string.Equals(i.Key, tag, StringComparison.Ordinal)) > 0;

    /// <summary>The tags that a series name carries: <c>name;tag=value;…</c>, or <c>name</c> alone.</summary>
    public static SeriesTags OfName(string name)
    {
        if (!LooksLikeCall(name) && TaggedName.TryParse(name, out var tagged)) return tagged.ToTags();
        var tags = new SeriesTags();
        tags._items.Add(new("name", name));
        return tags;
    }

    /// <summary>Those tags that <paramref name="other"/> has with the same value.</summary>
    public SeriesTags Common(SeriesTags other)
    {
        var common = new SeriesTags();
        foreach (var item in _items)
        {
            if (string.Equals(other[item.Key], item.Value, StringComparison.Ordinal)) common._items.Add(item);
        }

        return common;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static bool LooksLikeCall(string name)
    {
        if (name.Length < 4 || name[^1] != ')') return false;
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || open > name.Length - 3) return false;
        foreach (var c in name.AsSpan(0, open))
        {
            if (!char.IsAsciiLetter(c)) return false;
        }

        return true;
    }
}
