using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Kalmar.Rados.Maps;

/// <summary>
/// An immutable map in Ceph's key order (numbers ascending, strings bytewise) that equals another one with equal pairs. Two arrays and a
/// binary search: what comes off the wire is sorted already, so nothing is hashed, and what goes back stands in the right order.
/// </summary>
/// <typeparam name="TKey">The key's type.</typeparam>
/// <typeparam name="TValue">The value's type.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Empty belongs to one type of pair.")]
[SuppressMessage("Naming", "CA1710", Justification = "Named like ValueList.")]
public sealed class ValueMap<TKey, TValue> : IReadOnlyDictionary<TKey, TValue>, IEquatable<ValueMap<TKey, TValue>>
    where TKey : notnull
{
    private static readonly IComparer<TKey> Order = KeyOrder.For<TKey>();
    private readonly TKey[] _keys;
    private readonly TValue[] _values;

    private ValueMap(TKey[] keys, TValue[] values)
    {
        _keys = keys;
        _values = values;
    }

    /// <summary>No pairs.</summary>
    public static ValueMap<TKey, TValue> Empty { get; } = new([], []);

    /// <inheritdoc/>
    public int Count => _keys.Length;

    /// <summary>The keys in order.</summary>
    public ReadOnlySpan<TKey> KeySpan => _keys;

    /// <summary>The values in the order of the keys.</summary>
    public ReadOnlySpan<TValue> ValueSpan => _values;

    /// <inheritdoc/>
    public IEnumerable<TKey> Keys => _keys;

    /// <inheritdoc/>
    public IEnumerable<TValue> Values => _values;

    /// <inheritdoc/>
    public TValue this[TKey key] => TryGetValue(key, out TValue? value) ? value : throw new KeyNotFoundException($"no {key} in the map");

    /// <inheritdoc/>
    public bool ContainsKey(TKey key) => IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int index = IndexOf(key);
        value = index >= 0 ? _values[index] : default;
        return index >= 0;
    }

    /// <summary>This map after some keys were removed and then some pairs were set; itself when nothing is to be done.</summary>
    /// <param name="set">Pairs to add or to replace.</param>
    /// <param name="remove">Keys to remove first; unknown ones are passed over.</param>
    public ValueMap<TKey, TValue> With(IEnumerable<KeyValuePair<TKey, TValue>> set, IEnumerable<TKey>? remove = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        var changes = new SortedDictionary<TKey, (bool Keep, TValue Value)>(Order);
        foreach (TKey key in remove ?? [])
        {
            changes[key] = (false, default!);
        }

        foreach ((TKey key, TValue value) in set)
        {
            changes[key] = (true, value);
        }

        return changes.Count == 0 ? this : Merge(changes);
    }

    /// <inheritdoc/>
    public bool Equals(ValueMap<TKey, TValue>? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && _keys.AsSpan().SequenceEqual(other._keys, EqualityComparer<TKey>.Default)
            && _values.AsSpan().SequenceEqual(other._values, EqualityComparer<TValue>.Default));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueMap<TKey, TValue>);

    /// <inheritdoc/>
    public override int GetHashCode() => _keys.Length == 0 ? 0 : HashCode.Combine(_keys.Length, _keys[0], _keys[^1], _values[0]);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            yield return new KeyValuePair<TKey, TValue>(_keys[i], _values[i]);
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The pairs with commas, in braces.</summary>
    public override string ToString() => $"{{{string.Join(',', this.Select(p => $"{p.Key}={p.Value}"))}}}";

    /// <summary>Takes both arrays over, sorting them when they are not in order; of equal keys the last one wins.</summary>
    internal static ValueMap<TKey, TValue> FromPairs(TKey[] keys, TValue[] values)
    {
        if (keys.Length == 0)
        {
            return Empty;
        }

        for (int i = 1; i < keys.Length; i++)
        {
            if (Order.Compare(keys[i - 1], keys[i]) >= 0)
            {
                return Sorted(keys, values);
            }
        }

        return new ValueMap<TKey, TValue>(keys, values);
    }

    private static ValueMap<TKey, TValue> Sorted(TKey[] keys, TValue[] values)
    {
        var sorted = new SortedDictionary<TKey, TValue>(Order);
        for (int i = 0; i < keys.Length; i++)
        {
            sorted[keys[i]] = values[i];
        }

        return new ValueMap<TKey, TValue>([.. sorted.Keys], [.. sorted.Values]);
    }

    private int IndexOf(TKey key) => Array.BinarySearch(_keys, key, Order);

    private ValueMap<TKey, TValue> Merge(SortedDictionary<TKey, (bool Keep, TValue Value)> changes)
    {
        var keys = new List<TKey>(_keys.Length + changes.Count);
        var values = new List<TValue>(_keys.Length + changes.Count);
        int old = 0;
        foreach ((TKey key, (bool keep, TValue value)) in changes)
        {
            int found = Array.BinarySearch(_keys, old, _keys.Length - old, key, Order);
            int until = found >= 0 ? found : ~found;
            keys.AddRange(_keys.AsSpan(old, until - old));
            values.AddRange(_values.AsSpan(old, until - old));
            old = found >= 0 ? found + 1 : until;
            if (keep)
            {
                keys.Add(key);
                values.Add(value);
            }
        }

        keys.AddRange(_keys.AsSpan(old));
        values.AddRange(_values.AsSpan(old));
        return keys.Count == 0 ? Empty : new ValueMap<TKey, TValue>([.. keys], [.. values]);
    }
}

/// <summary>Makes <see cref="ValueMap{TKey,TValue}"/>.</summary>
public static class ValueMap
{
    /// <summary>A map with the given pairs; of equal keys the last one wins.</summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="pairs">The pairs, in any order.</param>
    public static ValueMap<TKey, TValue> Create<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(pairs);
        KeyValuePair<TKey, TValue>[] all = [.. pairs];
        return ValueMap<TKey, TValue>.FromPairs(Array.ConvertAll(all, p => p.Key), Array.ConvertAll(all, p => p.Value));
    }
}
