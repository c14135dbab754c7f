using Kalmar.Rados.Maps;

namespace Kalmar.Server.Views;

/// <summary>OSDs counted.</summary>
/// <param name="Total">All that exist.</param>
/// <param name="Up">That run.</param>
/// <param name="In">That take data.</param>
public readonly record struct OsdCounts(int Total, int Up, int In)
{
    /// <summary>That do not run.</summary>
    public int Down => Total - Up;

    /// <summary>That take no data.</summary>
    public int Out => Total - In;

    /// <summary>Counts the OSDs of a map.</summary>
    /// <param name="map">The map.</param>
    public static OsdCounts Of(OsdMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new OsdCounts(map.OsdCount, map.UpCount, map.InCount);
    }
}
