using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Frames;

/// <summary>vector of u32 connection modes.</summary>
internal static class ModeList
{
    public static ConnectionMode[] Read(ref WireReader reader) =>
        reader.ReadList(static (ref WireReader r) => (ConnectionMode)r.ReadU32(), 4);

    public static void Write(WireWriter writer, IReadOnlyList<ConnectionMode> modes) =>
        writer.WriteList(modes, static (w, m) => w.WriteU32((uint)m));
}
