using System.Runtime.InteropServices;
using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Writes parts that full OSD maps and incrementals share.</summary>
internal static class OsdMapWriterExtensions
{
    public static void WriteStates(this WireWriter writer, ValueList<OsdState> states)
    {
        writer.WriteU32((uint)states.Count);
        writer.WriteBytes(MemoryMarshal.AsBytes(states.AsSpan()));
    }

    public static void WriteBlocklist(this WireWriter writer, ValueMap<EntityAddress, Utime> blocklist) =>
        writer.WriteMap(blocklist, static (w, k) => k.Write(w), static (w, v) => v.Write(w));

    public static void WriteNodeFlags(this WireWriter writer, ValueMap<int, OsdState> flags) =>
        writer.WriteMap(flags, static (w, k) => w.WriteI32(k), static (w, v) => w.WriteU32((uint)v));

    public static void WriteProfiles(this WireWriter writer, ValueMap<string, ValueMap<string, string>> profiles) =>
        writer.WriteMap(profiles, static (w, k) => w.WriteString(k), static (w, v) => w.WriteTextMap(v));

    public static void WriteUpmapItems(this WireWriter writer, ValueList<PgUpmapItem> items) =>
        writer.WriteList(items, static (w, v) =>
        {
            w.WriteI32(v.From.Value);
            w.WriteI32(v.To.Value);
        });
}
