using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Views;

/// <summary>A cluster in an address: its fsid; <c>~NAME</c> while no monitor has told the fsid.</summary>
internal static class ClusterKey
{
    /// <summary>The key of a cluster.</summary>
    public static string Of(ClusterSnapshot cluster) => cluster.Id?.ToString() ?? "~" + Uri.EscapeDataString(cluster.Name);

    /// <summary>The address of a cluster's page.</summary>
    public static string Url(ClusterSnapshot cluster, string page = "") => $"/cluster/{Of(cluster)}{(page.Length == 0 ? "" : "/" + page)}";

    /// <summary>What the cluster is called on pages.</summary>
    public static string Title(ClusterSnapshot cluster) => cluster.Id is { } id ? $"{cluster.Name} · {id.ToString()[..8]}" : cluster.Name;

    /// <summary>The cluster of a key; null when there is none.</summary>
    /// <param name="clusters">All clusters.</param>
    /// <param name="key">As in the address, already unescaped.</param>
    public static ClusterSnapshot? Find(IClusterDirectory clusters, string key)
    {
        if (ClusterId.TryParse(key, out ClusterId id))
        {
            return clusters.Find(id);
        }

        return key.StartsWith('~')
            ? clusters.Snapshots.FirstOrDefault(c => string.Equals(c.Name, key[1..], StringComparison.Ordinal))
            : null;
    }
}
