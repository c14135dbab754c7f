using Kalmar.Rados.Maps;
using Kalmar.Server.Views;

namespace Kalmar.Server.Api;

/// <summary>OSDs and pools, counted.</summary>
internal sealed record OsdMapSummary(int NumOsds, int NumUpOsds, int NumInOsds, int NumPools, IReadOnlyList<string> Flags)
{
    public static OsdMapSummary Of(OsdMap map)
    {
        var counts = OsdCounts.Of(map);
        return new OsdMapSummary(counts.Total, counts.Up, counts.In, map.Pools.Count, map.Flags.ToNames());
    }
}
