using System.Globalization;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Finds what an address names, or says 404 as Calamari does; says 503 while it cannot be known.</summary>
internal static class Lookup
{
    /// <summary>The cluster of an fsid.</summary>
    public static ClusterSnapshot Need(this IClusterDirectory clusters, string fsid) =>
        ClusterId.TryParse(fsid, out ClusterId id) && clusters.Find(id) is { } found ? found : throw ApiException.NotFound($"Cluster '{fsid}' not found");

    /// <summary>The cluster's OSD map.</summary>
    public static OsdMap Map(this ClusterSnapshot cluster) => cluster.OsdMap?.Value ?? throw Unknown(cluster, "OSD map");

    /// <summary>The value of a part.</summary>
    public static T Known<T>(this ClusterSnapshot cluster, Part<T>? part, string what) => part is null ? throw Unknown(cluster, what) : part.Value;

    /// <summary>A pool of a map by the number in an address.</summary>
    public static (PoolId Id, Pool Pool) Pool(this OsdMap map, string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && map.Pools.TryGetValue(new PoolId(number), out Pool? pool)
            ? (new PoolId(number), pool)
            : throw ApiException.NotFound($"Pool '{id}' not found");

    /// <summary>An OSD of a map by the number in an address.</summary>
    public static OsdEntry Osd(this OsdMap map, string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && map.Find(new OsdId(number)) is { } osd
            ? osd
            : throw ApiException.NotFound($"OSD '{id}' not found");

    /// <summary>A pool's name.</summary>
    public static string NameOf(this OsdMap map, PoolId pool) => map.PoolNames.GetValueOrDefault(pool, pool.ToString());

    private static ApiException Unknown(ClusterSnapshot cluster, string what) => ApiException.Unavailable(
        $"{what} of cluster '{cluster.Name}' is not known: {(cluster.Contact.Detail.Length > 0 ? cluster.Contact.Detail : Missing(cluster))}");

    private static string Missing(ClusterSnapshot cluster) =>
        cluster.Missing.Count > 0 ? $"{cluster.Missing[0].What} needs {cluster.Missing[0].Needs}" : "it was not told yet";
}
