namespace Kalmar.Wire;

/// <content>Versioned structures, collections and the structures' own readers.</content>
public ref partial struct WireReader
{
    /// <summary>A reader's function for one item. A delegate of its own, because a ref struct cannot be a type argument of Func.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="reader">The reader, left behind the item.</param>
    public delegate T Item<out T>(ref WireReader reader);

    /// <summary>
    /// Opens a versioned structure (u8 version, u8 oldest reader that understands it, u32 length) and moves behind it. What the caller
    /// leaves unread in the returned reader is thereby skipped: this is how newer releases stay readable.
    /// </summary>
    /// <param name="what">The structure's name, for errors.</param>
    /// <param name="understands">The newest version that the caller knows; a structure that demands a newer reader is refused.</param>
    /// <param name="version">The version in which the structure was written.</param>
    public WireReader ReadStruct(string what, byte understands, out byte version)
    {
        version = ReadU8();
        byte oldestReader = ReadU8();
        if (oldestReader > understands)
        {
            throw Error($"{what} version {version} needs a reader of version {oldestReader}, we are {understands}");
        }

        uint length = ReadU32();
        if (length > (uint)Remaining)
        {
            throw Error($"{what} of {length} bytes but only {Remaining} left");
        }

        int start = _position;
        return new WireReader(ReadBytes((int)length), what, _origin + start);
    }

    /// <summary>Opens a u32-length-prefixed blob as a reader of its own and moves behind it.</summary>
    /// <param name="what">The name of what the blob holds, for errors.</param>
    public WireReader ReadNested(string what)
    {
        ReadOnlySpan<byte> blob = ReadBlob();
        return new WireReader(blob, what, _origin + _position - blob.Length);
    }

    /// <summary>One structure that reads itself.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    public T Read<T>()
        where T : IWireEncodable<T> => T.Read(ref this);

    /// <summary>vector, list or set: u32 count and the items.</summary>
    /// <typeparam name="T">The item's type.</typeparam>
    /// <param name="item">Reads one item.</param>
    /// <param name="minimumItemSize">The least number of bytes that one item takes.</param>
    public T[] ReadList<T>(Item<T> item, int minimumItemSize = 1)
    {
        ArgumentNullException.ThrowIfNull(item);
        var items = new T[ReadCount(minimumItemSize)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = item(ref this);
        }

        return items;
    }

    /// <summary>vector, list or set of structures that read themselves.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="minimumItemSize">The least number of bytes that one item takes.</param>
    public T[] ReadList<T>(int minimumItemSize = 1)
        where T : IWireEncodable<T> => ReadList(static (ref WireReader r) => T.Read(ref r), minimumItemSize);

    /// <summary>map: u32 count, then key and value for each. Of equal keys the last one wins. Order of first appearance is kept.</summary>
    /// <typeparam name="TKey">The key's type.</typeparam>
    /// <typeparam name="TValue">The value's type.</typeparam>
    /// <param name="key">Reads one key.</param>
    /// <param name="value">Reads one value.</param>
    /// <param name="minimumItemSize">The least number of bytes that one pair takes.</param>
    public Dictionary<TKey, TValue> ReadMap<TKey, TValue>(Item<TKey> key, Item<TValue> value, int minimumItemSize = 2)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        int count = ReadCount(minimumItemSize);
        var map = new Dictionary<TKey, TValue>(count);
        for (int i = 0; i < count; i++)
        {
            TKey k = key(ref this);
            map[k] = value(ref this);
        }

        return map;
    }

    /// <summary>map of string to string.</summary>
    public Dictionary<string, string> ReadStringMap() =>
        ReadMap(static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => r.ReadString(), 8);
}
