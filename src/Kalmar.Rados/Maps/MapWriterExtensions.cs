using System.Runtime.InteropServices;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Writes the immutable collections that maps are made of.</summary>
internal static class MapWriterExtensions
{
    private static void WriteNumbers<T>(WireWriter writer, ValueList<T> list)
        where T : unmanaged
    {
        writer.WriteU32((uint)list.Count);
        writer.WriteBytes(MemoryMarshal.AsBytes(list.AsSpan()));
    }

    public static void WriteU32List(this WireWriter writer, ValueList<uint> list) => WriteNumbers(writer, list);

    public static void WriteI32List(this WireWriter writer, ValueList<int> list) => WriteNumbers(writer, list);

    public static void WriteI64List(this WireWriter writer, ValueList<long> list) => WriteNumbers(writer, list);

    public static void WriteU64List(this WireWriter writer, ValueList<ulong> list) => WriteNumbers(writer, list);

    public static void WriteOsdList(this WireWriter writer, ValueList<OsdId> list) => WriteNumbers(writer, list);

    public static void WriteIntervals(this WireWriter writer, ValueList<SnapInterval> list) => WriteNumbers(writer, list);

    public static void WriteStrings(this WireWriter writer, ValueList<string> list) => writer.WriteList(list, static (w, v) => w.WriteString(v));

    public static void WriteTextMap(this WireWriter writer, ValueMap<string, string> map) =>
        writer.WriteMap(map, static (w, k) => w.WriteString(k), static (w, v) => w.WriteString(v));

    public static void WriteOsdMap<TValue>(this WireWriter writer, ValueMap<OsdId, TValue> map, Action<WireWriter, TValue> value) =>
        writer.WriteMap(map, static (w, k) => w.WriteI32(k.Value), value);

    public static void WritePoolMap<TValue>(this WireWriter writer, ValueMap<PoolId, TValue> map, Action<WireWriter, TValue> value) =>
        writer.WriteMap(map, static (w, k) => w.WriteI64(k.Value), value);

    public static void WritePgMap<TValue>(this WireWriter writer, ValueMap<PgId, TValue> map, Action<WireWriter, TValue> value) =>
        writer.WriteMap(map, static (w, k) => k.Write(w), value);

    public static void WritePoolIntervals(this WireWriter writer, ValueMap<PoolId, ValueList<SnapInterval>> map) =>
        writer.WritePoolMap(map, static (w, v) => w.WriteIntervals(v));
}
