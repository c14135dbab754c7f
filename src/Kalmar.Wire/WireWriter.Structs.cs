using System.Buffers.Binary;

namespace Kalmar.Wire;

/// <content>Versioned structures, nested blobs and collections.</content>
public sealed partial class WireWriter
{
    /// <summary>Opens a versioned structure; its length is filled in by <see cref="EndStruct"/>.</summary>
    /// <param name="version">The version that is written.</param>
    /// <param name="oldestReader">The oldest reader that understands it (Ceph's compat).</param>
    /// <returns>A mark to hand to <see cref="EndStruct"/>.</returns>
    public int BeginStruct(byte version, byte oldestReader)
    {
        WriteU8(version);
        WriteU8(oldestReader);
        return BeginNested();
    }

    /// <summary>Closes the structure that <see cref="BeginStruct"/> opened.</summary>
    /// <param name="mark">What <see cref="BeginStruct"/> gave.</param>
    public void EndStruct(int mark) => EndNested(mark);

    /// <summary>Opens a u32-length-prefixed blob whose content follows.</summary>
    /// <returns>A mark to hand to <see cref="EndNested"/>.</returns>
    public int BeginNested()
    {
        WriteU32(0);
        return _length;
    }

    /// <summary>Closes the blob that <see cref="BeginNested"/> opened.</summary>
    /// <param name="mark">What <see cref="BeginNested"/> gave.</param>
    public void EndNested(int mark)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mark, 4);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mark, _length);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(mark - 4), (uint)(_length - mark));
    }

    /// <summary>One structure that writes itself.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="value">The value.</param>
    public void Write<T>(T value)
        where T : IWireEncodable<T> => value.Write(this);

    /// <summary>vector, list or set: u32 count and the items.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="items">The items, in the order in which they are to stand.</param>
    /// <param name="item">Writes one item.</param>
    public void WriteList<T>(IReadOnlyCollection<T> items, Action<WireWriter, T> item)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(item);
        WriteU32((uint)items.Count);
        foreach (T value in items)
        {
            item(this, value);
        }
    }

    /// <summary>vector, list or set of structures that write themselves.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="items">The items, in the order in which they are to stand.</param>
    public void WriteList<T>(IReadOnlyCollection<T> items)
        where T : IWireEncodable<T> => WriteList(items, static (w, v) => v.Write(w));

    /// <summary>map: u32 count, then key and value. The caller gives the pairs in Ceph's order (keys ascending, strings bytewise).</summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="map">The pairs.</param>
    /// <param name="key">Writes one key.</param>
    /// <param name="value">Writes one value.</param>
    public void WriteMap<TKey, TValue>(
        IReadOnlyCollection<KeyValuePair<TKey, TValue>> map, Action<WireWriter, TKey> key, Action<WireWriter, TValue> value)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        WriteU32((uint)map.Count);
        foreach ((TKey k, TValue v) in map)
        {
            key(this, k);
            value(this, v);
        }
    }

    /// <summary>map of string to string, written in bytewise order of the keys.</summary>
    /// <param name="map">The pairs, in any order.</param>
    public void WriteStringMap(IReadOnlyDictionary<string, string> map)
    {
        ArgumentNullException.ThrowIfNull(map);
        KeyValuePair<string, string>[] sorted = [.. map.OrderBy(p => p.Key, StringComparer.Ordinal)];
        WriteMap(sorted, static (w, k) => w.WriteString(k), static (w, v) => w.WriteString(v));
    }

    /// <summary>map of string to a structure, written in bytewise order of the keys.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="map">The pairs, in any order.</param>
    /// <param name="value">Writes one value.</param>
    public void WriteSortedMap<T>(IReadOnlyDictionary<string, T> map, Action<WireWriter, T> value)
    {
        ArgumentNullException.ThrowIfNull(map);
        KeyValuePair<string, T>[] sorted = [.. map];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        WriteMap(sorted, static (w, k) => w.WriteString(k), value);
    }

    /// <summary>set of strings, written in bytewise order.</summary>
    /// <param name="items">The strings, in any order.</param>
    public void WriteSortedStrings(IReadOnlyCollection<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        string[] sorted = [.. items];
        Array.Sort(sorted, StringComparer.Ordinal);
        WriteList(sorted, static (w, s) => w.WriteString(s));
    }
}
