using System.Text.Json;
using Kalmar.Wire;

namespace Kalmar.Manager.Clusters.Answers;

/// <summary>
/// Reads the JSON answers of Ceph's commands (<c>status</c>, <c>health detail</c>, <c>df</c>, <c>pg dump</c>, <c>… metadata</c>) into typed
/// values. Written after the answers of 16.2.15 and 18.2.7. All methods throw <see cref="CephProtocolException"/> for an answer that is no
/// JSON or lacks what it is asked for.
/// </summary>
public static class CephAnswer
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads <c>status</c>.</summary>
    /// <param name="answer">UTF-8 JSON.</param>
    public static StatusAnswer Status(ReadOnlyMemory<byte> answer)
    {
        using JsonDocument document = Parse(answer, "status");
        JsonElement root = document.RootElement;
        JsonElement pgmap = Need(root, "pgmap", "status");
        var pgs = new PgSummary(
            [.. pgmap.Items("pgs_by_state").Select(s => new PgStateCount(s.Text("state_name"), s.Long("count"))).OrderByDescending(s => s.Count)],
            pgmap.Long("num_pgs"),
            pgmap.Long("num_pools"),
            pgmap.Long("num_objects"),
            pgmap.Long("data_bytes"),
            pgmap.Long("degraded_objects"),
            pgmap.Long("misplaced_objects"),
            pgmap.Long("unfound_objects"),
            Math.Max(pgmap.Long("degraded_total"), Math.Max(pgmap.Long("misplaced_total"), pgmap.Long("unfound_total"))));
        var io = new IoRates(
            pgmap.Double("read_bytes_sec"),
            pgmap.Double("write_bytes_sec"),
            pgmap.Double("read_op_per_sec"),
            pgmap.Double("write_op_per_sec"),
            pgmap.Double("recovering_bytes_per_sec"),
            pgmap.Double("recovering_objects_per_sec"),
            pgmap.Double("recovering_keys_per_sec"));
        var capacity = new ClusterCapacity(pgmap.Long("bytes_total"), pgmap.Long("bytes_avail"), pgmap.Long("bytes_used"), []);
        return new StatusAnswer(root.Text("fsid"), pgs, io, capacity);
    }

    /// <summary>Reads <c>quorum_status</c>.</summary>
    /// <param name="answer">UTF-8 JSON.</param>
    public static QuorumStatus Quorum(ReadOnlyMemory<byte> answer)
    {
        using JsonDocument document = Parse(answer, "quorum_status");
        JsonElement root = document.RootElement;
        Need(root, "quorum_names", "quorum_status");
        return new QuorumStatus(
            root.Long("election_epoch"),
            [.. root.Items("quorum_names").Select(n => n.ToString())],
            root.Text("quorum_leader_name"),
            TimeSpan.FromSeconds(root.Long("quorum_age")));
    }

    /// <summary>Reads <c>health detail</c> (or the <c>health</c> member of <c>status</c>, which has no details).</summary>
    /// <param name="answer">UTF-8 JSON.</param>
    public static HealthReport Health(ReadOnlyMemory<byte> answer)
    {
        using JsonDocument document = Parse(answer, "health detail");
        JsonElement root = document.RootElement;
        HealthSeverity status = Severity(Need(root, "status", "health detail").GetString());
        IEnumerable<HealthCheck> checks = root.Members("checks").Select(c => new HealthCheck(
            c.Name,
            Severity(c.Value.Text("severity")),
            c.Value.Field("summary").Text("message"),
            c.Value.Field("summary").Long("count"),
            [.. c.Value.Items("detail").Select(d => d.Text("message"))],
            c.Value.Field("muted").ValueKind == JsonValueKind.True));
        return new HealthReport(
            status, [.. checks.OrderBy(c => c.Muted).ThenByDescending(c => c.Severity).ThenBy(c => c.Code, StringComparer.Ordinal)]);
    }

    /// <summary>Reads <c>df detail</c>.</summary>
    /// <param name="answer">UTF-8 JSON.</param>
    public static DfAnswer Df(ReadOnlyMemory<byte> answer)
    {
        using JsonDocument document = Parse(answer, "df detail");
        JsonElement stats = Need(document.RootElement, "stats", "df detail");
        var capacity = new ClusterCapacity(
            stats.Long("total_bytes"),
            stats.Long("total_avail_bytes"),
            stats.Long("total_used_raw_bytes"),
            [.. document.RootElement.Members("stats_by_class").Select(c => new ClassCapacity(
                c.Name, c.Value.Long("total_bytes"), c.Value.Long("total_avail_bytes"), c.Value.Long("total_used_raw_bytes")))]);
        PoolUsage[] pools = [.. document.RootElement.Items("pools").Select(ReadPool)];
        return new DfAnswer(capacity, pools.ToDictionary(p => p.Id));
    }

    /// <summary>Reads <c>pg dump osds</c>.</summary>
    /// <param name="answer">UTF-8 JSON.</param>
    public static IReadOnlyDictionary<OsdId, OsdUsage> OsdStats(ReadOnlyMemory<byte> answer)
    {
        using JsonDocument document = Parse(answer, "pg dump osds");
        Need(document.RootElement, "osd_stats", "pg dump osds");
        return document.RootElement.Items("osd_stats").Select(ReadOsd).DistinctBy(o => o.Id).ToDictionary(o => o.Id);
    }

    /// <summary>Reads <c>osd metadata</c>, <c>mon metadata</c>, <c>mgr metadata</c> or <c>mds metadata</c>.</summary>
    /// <param name="type">The daemons' type: <c>osd</c>, <c>mon</c>, <c>mgr</c>, <c>mds</c>.</param>
    /// <param name="answer">UTF-8 JSON, an array of one object for each daemon.</param>
    public static IReadOnlyList<DaemonMetadata> Metadata(string type, ReadOnlyMemory<byte> answer)
    {
        using JsonDocument document = Parse(answer, $"{type} metadata");
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new CephProtocolException($"{type} metadata: expected a list of daemons, found {document.RootElement.ValueKind}");
        }

        return [.. document.RootElement.EnumerateArray().Select(d => ReadMetadata(type, d))];
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> answer, string command)
    {
        try
        {
            return JsonDocument.Parse(answer, Options);
        }
        catch (JsonException e)
        {
            throw new CephProtocolException($"the answer to '{command}' is not JSON: {e.Message}", e);
        }
    }

    private static JsonElement Need(JsonElement element, string name, string command)
    {
        JsonElement value = element.Field(name);
        return value.ValueKind != JsonValueKind.Undefined
            ? value
            : throw new CephProtocolException($"the answer to '{command}' has no '{name}'");
    }

    private static HealthSeverity Severity(string? text) => text switch
    {
        "HEALTH_OK" => HealthSeverity.Ok,
        "HEALTH_WARN" => HealthSeverity.Warning,
        _ => HealthSeverity.Error,
    };

    private static PoolUsage ReadPool(JsonElement pool)
    {
        JsonElement stats = pool.Field("stats");
        return new PoolUsage(
            new PoolId(pool.Long("id")),
            stats.Long("stored"),
            stats.Long("bytes_used"),
            stats.Long("objects"),
            stats.Double("percent_used"),
            stats.Long("max_avail"),
            stats.Long("quota_bytes"),
            stats.Long("quota_objects"));
    }

    private static OsdUsage ReadOsd(JsonElement osd)
    {
        JsonElement perf = osd.Field("perf_stat");
        return new OsdUsage(
            new OsdId((int)osd.Long("osd")),
            osd.Long("kb") * 1024,
            osd.Long("kb_used") * 1024,
            osd.Long("kb_avail") * 1024,
            osd.Long("num_pgs"),
            TimeSpan.FromMilliseconds(perf.Long("commit_latency_ms")),
            TimeSpan.FromMilliseconds(perf.Long("apply_latency_ms")),
            (ulong)Math.Max(0, osd.Long("seq")));
    }

    private static DaemonMetadata ReadMetadata(string type, JsonElement daemon)
    {
        string id = daemon.Text("name") is { Length: > 0 } name ? name : daemon.Text("id");
        Dictionary<string, string> facts = daemon.ValueKind == JsonValueKind.Object
            ? daemon.EnumerateObject()
                .Where(p => p.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                .DistinctBy(p => p.Name)
                .ToDictionary(p => p.Name, p => p.Value.ToString(), StringComparer.Ordinal)
            : [];
        return new DaemonMetadata(
            new DaemonName(type, id), daemon.Text("hostname"), daemon.Text("ceph_version_short"), daemon.Text("ceph_release"), facts);
    }
}
