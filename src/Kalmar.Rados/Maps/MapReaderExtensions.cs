using System.Runtime.InteropServices;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Reads the immutable collections that maps are made of.</summary>
internal static class MapReaderExtensions
{
    /// <summary>Numbers lie in memory as on the wire on every little-endian machine, so that a list of them is one copy.</summary>
    private static ValueList<T> ReadNumbers<T>(ref WireReader reader, int size)
        where T : unmanaged
    {
        int count = reader.ReadCount(size);
        return count == 0 ? ValueList<T>.Empty : new ValueList<T>(MemoryMarshal.Cast<byte, T>(reader.ReadBytes(count * size)).ToArray());
    }

    public static ValueList<uint> ReadU32List(this ref WireReader reader) => ReadNumbers<uint>(ref reader, 4);

    public static ValueList<int> ReadI32List(this ref WireReader reader) => ReadNumbers<int>(ref reader, 4);

    public static ValueList<long> ReadI64List(this ref WireReader reader) => ReadNumbers<long>(ref reader, 8);

    public static ValueList<ulong> ReadU64List(this ref WireReader reader) => ReadNumbers<ulong>(ref reader, 8);

    public static ValueList<OsdId> ReadOsdList(this ref WireReader reader) => ReadNumbers<OsdId>(ref reader, 4);

    public static ValueList<T> ReadValues<T>(this ref WireReader reader, WireReader.Item<T> item, int minimumItemSize = 1)
    {
        T[] items = reader.ReadList(item, minimumItemSize);
        return items.Length == 0 ? ValueList<T>.Empty : new ValueList<T>(items);
    }

    public static ValueList<T> ReadValues<T>(this ref WireReader reader, int minimumItemSize = 1)
        where T : IWireEncodable<T> => reader.ReadValues(static (ref WireReader r) => T.Read(ref r), minimumItemSize);

    public static ValueList<string> ReadStrings(this ref WireReader reader) => reader.ReadValues(static (ref WireReader r) => r.ReadString(), 4);

    public static ValueMap<TKey, TValue> ReadValueMap<TKey, TValue>(
        this ref WireReader reader, WireReader.Item<TKey> key, WireReader.Item<TValue> value, int minimumItemSize = 2)
        where TKey : notnull
    {
        int count = reader.ReadCount(minimumItemSize);
        if (count == 0)
        {
            return ValueMap<TKey, TValue>.Empty;
        }

        var keys = new TKey[count];
        var values = new TValue[count];
        for (int i = 0; i < count; i++)
        {
            keys[i] = key(ref reader);
            values[i] = value(ref reader);
        }

        return ValueMap<TKey, TValue>.FromPairs(keys, values);
    }

    public static ValueMap<TKey, TValue> ReadValueMap<TKey, TValue>(
        this ref WireReader reader, WireReader.Item<TKey> key, int minimumItemSize = 2)
        where TKey : notnull
        where TValue : IWireEncodable<TValue> => reader.ReadValueMap(key, static (ref WireReader r) => TValue.Read(ref r), minimumItemSize);

    public static ValueMap<string, string> ReadTextMap(this ref WireReader reader) =>
        reader.ReadValueMap(static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => r.ReadString(), 8);

    public static ValueMap<OsdId, TValue> ReadOsdMap<TValue>(this ref WireReader reader, WireReader.Item<TValue> value, int minimumValueSize = 1) =>
        reader.ReadValueMap(static (ref WireReader r) => new OsdId(r.ReadI32()), value, 4 + minimumValueSize);

    public static ValueMap<PoolId, TValue> ReadPoolMap<TValue>(this ref WireReader reader, WireReader.Item<TValue> value, int minimumValueSize = 1) =>
        reader.ReadValueMap(static (ref WireReader r) => new PoolId(r.ReadI64()), value, 8 + minimumValueSize);

    public static ValueMap<PgId, TValue> ReadPgMap<TValue>(this ref WireReader reader, WireReader.Item<TValue> value, int minimumValueSize = 1) =>
        reader.ReadValueMap(static (ref WireReader r) => PgId.Read(ref r), value, 17 + minimumValueSize);

    public static ValueList<SnapInterval> ReadIntervals(this ref WireReader reader) => ReadNumbers<SnapInterval>(ref reader, 16);

    public static ValueMap<PoolId, ValueList<SnapInterval>> ReadPoolIntervals(this ref WireReader reader) =>
        reader.ReadPoolMap(static (ref WireReader r) => r.ReadIntervals(), 4);
}
