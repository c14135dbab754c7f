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
                [new("read", $"{prefix}.pgmap.read_op_per_sec"), new("write", $"{prefix}.pgmap.write_op_per_sec")]),
            new("graph-throughput", "Client throughput", GraphUnit.ByteRate,
                [new("read", $"{prefix}.pgmap.read_bytes_sec"), new("write", $"{prefix}.pgmap.write_bytes_sec")]),
            new("graph-latency", "OSD latency, mean", GraphUnit.Milliseconds,
            [
                new("read", $"scale(averageSeries({prefix}.osd.*.osd.op_r_latency.last_interval_avg),1000)"),
                new("write", $"scale(averageSeries({prefix}.osd.*.osd.op_w_latency.last_interval_avg),1000)"),
            ]),
            new("graph-capacity", "Raw capacity", GraphUnit.Bytes,
                [new("used", $"{prefix}.df.total_used_bytes"), new("total", $"{prefix}.df.total_bytes")]),
            new("graph-repair", "Objects to be made good", GraphUnit.Number,
                [new("degraded", $"{prefix}.pgmap.degraded_objects"), new("misplaced", $"{prefix}.pgmap.misplaced_objects")]),
            new("graph-recovery", "Recovery", GraphUnit.ByteRate, [new("recovered", $"{prefix}.pgmap.recovering_bytes_per_sec")]),
            new("graph-cpu", "Processors of hosts", GraphUnit.Percent, [new(null, "aliasByNode(servers.*.cpu.percent,1)")]),
            new("graph-memory", "Memory of hosts", GraphUnit.Percent, [new(null, "aliasByNode(servers.*.memory.MemUsedPercentage,1)")]),
            new("graph-network", "Network of hosts", GraphUnit.ByteRate,
                [new("received", "sumSeries(servers.*.network.*.rx_byte)"), new("sent", "sumSeries(servers.*.network.*.tx_byte)")]),
        ];
    }
}
