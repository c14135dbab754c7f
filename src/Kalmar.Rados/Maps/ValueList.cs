using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Kalmar.Rados.Maps;

/// <summary>
/// An immutable list that equals another one with equal items, so that records made of lists are values. One array, no spare room.
/// </summary>
/// <typeparam name="T">The item's type.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Empty belongs to one type of item.")]
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] _items;

    /// <summary>Takes the array over; nobody may write to it afterwards.</summary>
    internal ValueList(T[] items) => _items = items;

    /// <summary>No items.</summary>
    public static ValueList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>The items, for fast reading.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <summary>The place of the first item that equals <paramref name="item"/>, or -1.</summary>
    /// <param name="item">What to look for.</param>
    public int IndexOf(T item) => Array.IndexOf(_items, item);

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) =>
        ReferenceEquals(this, other) || (other is not null && _items.AsSpan().SequenceEqual(other._items, EqualityComparer<T>.Default));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(_items.Length);
        foreach (T item in _items.AsSpan(0, Math.Min(_items.Length, 16)))
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <summary>The items with commas, in brackets.</summary>
    public override string ToString() => $"[{string.Join(',', _items)}]";
}

/// <summary>Makes <see cref="ValueList{T}"/>; what collection expressions call.</summary>
public static class ValueList
{
    /// <summary>A list with a copy of the given items.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="items">The items.</param>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? ValueList<T>.Empty : new ValueList<T>(items.ToArray());
}
