using Kalmar.Manager.Clusters;

namespace Kalmar.Server.History;

/// <summary>The graphs of a cluster's overview.</summary>
internal static class ClusterGraphs
{
    /// <summary>The graphs, in their order on the page.</summary>
    /// <param name="cluster">The cluster.</param>
    public static IReadOnlyList<GraphDefinition> Of(ClusterId cluster)
    {
        string prefix = $"ceph.cluster.{cluster}";
        return
        [
            new("graph-ops", "Client operations", GraphUnit.Rate,
                [new("read", $"{prefix}.pool.all.num_read"), new("write", $"{prefix}.pool.all.num_write")]),
            new("graph-throughput", "Client throughput", GraphUnit.ByteRate,
                [new("read", $"scale({prefix}.pool.all.num_read_kb,1024)"), new("write", $"scale({prefix}.pool.all.num_write_kb,1024)")]),
            new("graph-capacity", "Raw capacity", GraphUnit.Bytes,
                [new("used", $"scale({prefix}.df.total_used,1024)"), new("free", $"scale({prefix}.df.total_avail,1024)")]),
            new("graph-cpu", "Processors of hosts", GraphUnit.Percent,
                [new(null, "aliasByNode(asPercent(sumSeries(servers.*.cpu.total.user),sumSeries(servers.*.cpu.total.user)),1)")]),
            new("graph-load", "Load of hosts (1 min)", GraphUnit.Number, [new(null, "aliasByNode(servers.*.loadavg.01,1)")]),
            new("graph-memory", "Available memory of hosts", GraphUnit.Bytes, [new(null, "aliasByNode(servers.*.memory.MemAvailable,1)")]),
        ];
    }
}
