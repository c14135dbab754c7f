using Kalmar.Wire;

namespace Kalmar.Rados.Monitors;

/// <summary>The epoch of a map that starts with it: VER{ u32 epoch, ... }.</summary>
internal static class MapEpoch
{
    /// <summary>Reads it; null for the epoch of all ones, which monitors send as "no map".</summary>
    public static ulong? Read(ReadOnlySpan<byte> map, string what)
    {
        var outer = new WireReader(map, what);
        WireReader body = outer.ReadStruct(what, byte.MaxValue, out _);
        uint epoch = body.ReadU32();
        return epoch == uint.MaxValue ? null : epoch;
    }
}
