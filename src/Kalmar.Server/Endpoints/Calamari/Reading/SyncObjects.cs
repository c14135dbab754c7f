using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Server.Endpoints.Calamari.Contract;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Calamari's sync objects: raw maps as today's Ceph prints them.</summary>
internal static class SyncObjects
{
    /// <summary>The types, in Calamari's order.</summary>
    public static readonly string[] Types = ["mds_map", "osd_map", "mon_map", "mon_status", "quorum_status", "pg_summary", "health", "config"];

    /// <summary>One of them as JSON.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(IClusterQuestions questions, ClusterSnapshot cluster, string type, CancellationToken cancellationToken) => type switch
    {
        "mds_map" => await AskAsync(questions, cluster, "mon", CephCommand.Query("fs dump"), cancellationToken),
        "osd_map" => await AskAsync(questions, cluster, "mon", CephCommand.Query("osd dump"), cancellationToken),
        "mon_map" => await AskAsync(questions, cluster, "mon", CephCommand.Query("mon dump"), cancellationToken),
        "mon_status" => await MonStatusAsync(questions, cluster, AnyMonitor(cluster), cancellationToken),
        "quorum_status" => await AskAsync(questions, cluster, "mon", CephCommand.Query("quorum_status"), cancellationToken),
        "pg_summary" => Summary(await PgReader.AllAsync(questions, cluster, cancellationToken)),
        "health" => await AskAsync(questions, cluster, "mon", CephCommand.Query("health").With("detail", "detail"), cancellationToken),
        "config" => await ConfigAsync(questions, cluster, cancellationToken),
        _ => throw ApiException.NotFound($"Sync object '{type}' not found: there are {string.Join(", ", Types)}"),
    };

    /// <summary>What a monitor says of itself.</summary>
    public static Task<ReadOnlyMemory<byte>> MonStatusAsync(IClusterQuestions questions, ClusterSnapshot cluster, string name, CancellationToken cancellationToken) =>
        AskAsync(questions, cluster, $"mon.{name}", CephCommand.Query("mon_status"), cancellationToken);

    /// <summary>The running configuration of a monitor in quorum: one object of keys and texts.</summary>
    public static Task<ReadOnlyMemory<byte>> ConfigAsync(IClusterQuestions questions, ClusterSnapshot cluster, CancellationToken cancellationToken) =>
        AskAsync(questions, cluster, $"mon.{AnyMonitor(cluster)}", CephCommand.Query("config show"), cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> AskAsync(
        IClusterQuestions questions, ClusterSnapshot cluster, string target, CephCommand command, CancellationToken cancellationToken)
    {
        CommandResult result = await questions.AskAsync(cluster, target, command, cancellationToken);
        return result.IsSuccess ? result.Output : throw ApiException.Unavailable($"{target} refuses '{command.Prefix}': {result.Status}");
    }

    private static string AnyMonitor(ClusterSnapshot cluster) =>
        cluster.Quorum?.Value is { Leader.Length: > 0 } quorum ? quorum.Leader
        : cluster.MonMap?.Value.ByRank.FirstOrDefault()?.Name ?? throw ApiException.Unavailable("no monitor is known yet");

    /// <summary>How many placement groups are in which states: by pool, by OSD, in all.</summary>
    private static ReadOnlyMemory<byte> Summary(IReadOnlyList<PgResource> pgs)
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, ApiJson.Writer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("by_pool");
            foreach (IGrouping<long, PgResource> pool in pgs.GroupBy(PgReader.PoolOf).OrderBy(g => g.Key))
            {
                WriteCounts(writer, pool.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), pool);
            }

            writer.WriteEndObject();
            writer.WriteStartObject("by_osd");
            foreach (IGrouping<int, PgResource> osd in pgs.SelectMany(p => p.Acting.Distinct().Select(o => (Osd: o, Pg: p))).GroupBy(p => p.Osd, p => p.Pg).OrderBy(g => g.Key))
            {
                WriteCounts(writer, osd.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), osd);
            }

            writer.WriteEndObject();
            WriteCounts(writer, "all", pgs);
            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IEnumerable<PgResource> pgs)
    {
        writer.WriteStartObject(name);
        foreach (IGrouping<string, PgResource> state in pgs.GroupBy(p => p.State, StringComparer.Ordinal))
        {
            writer.WriteNumber(state.Key, state.Count());
        }

        writer.WriteEndObject();
    }
}
