using System.Text.Json;

namespace Kalmar.Collectors.Clusters;

/// <summary>
/// Reads the JSON that Ceph's commands give into readings; written after 16.2.15. <c>pg dump</c> with <c>dumpcontents=["pools"]</c> is the
/// cheapest of those that have the pools' counters (3.7 kB for three pools, against 156 kB of a full dump of 33 placement groups).
/// </summary>
public static class ClusterJson
{
    /// <summary>The longest answer that is read: <c>pg dump pools</c> of 10,000 pools has about 15 MB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 32 };

    /// <summary>Reads <c>pg dump pools</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="CollectorException">It is not such JSON.</exception>
    public static IReadOnlyList<PoolReading> Pools(ReadOnlyMemory<byte> json) => Read(json, "pg dump pools", root =>
    {
        // Ceph before Nautilus gave the bare array.
        JsonElement pools = root.ValueKind == JsonValueKind.Array ? root : Need(root, "pool_stats", "pg dump pools");
        return (IReadOnlyList<PoolReading>)[.. pools.EnumerateArray().Select(Pool)];
    });

    /// <summary>Reads <c>df</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="CollectorException">It is not such JSON.</exception>
    public static CapacityReading Capacity(ReadOnlyMemory<byte> json) => Read(json, "df", root =>
    {
        JsonElement stats = Need(root, "stats", "df");
        return new CapacityReading(Number(stats, "total_bytes", "df"), Number(stats, "total_avail_bytes", "df"), Used(stats, "df"))
        {
            Classes = Find(root, "stats_by_class") is { ValueKind: JsonValueKind.Object } classes
                ? [.. classes.EnumerateObject().Select(of => new ClassCapacityReading(
                    of.Name, Number(of.Value, "total_bytes", "df"), Number(of.Value, "total_avail_bytes", "df"), Used(of.Value, "df")))]
                : [],
            Pools = Find(root, "pools") is { ValueKind: JsonValueKind.Array } pools
                ? [.. pools.EnumerateArray().Select(pool => PoolCapacity((long)Number(pool, "id", "df"), Need(pool, "stats", "df")))]
                : [],
        };
    });

    /// <summary>Reads <c>status</c>.</summary>
    /// <param name="json">UTF-8.</param>
    /// <exception cref="CollectorException">It is not such JSON.</exception>
    public static StatusReading Status(ReadOnlyMemory<byte> json) => Read(json, "status", root =>
    {
        JsonElement osdmap = Need(root, "osdmap", "status");
        JsonElement pgmap = Need(root, "pgmap", "status");
        return new StatusReading
        {
            Health = Need(Need(root, "health", "status"), "status", "status").GetString() switch
            {
                "HEALTH_OK" => HealthLevel.Ok,
                "HEALTH_WARN" => HealthLevel.Warning,
                "HEALTH_ERR" => HealthLevel.Error,
                var other => throw new CollectorException($"status: '{other}' is no state of health"),
            },
            Monitors = ((int)Number(Need(root, "monmap", "status"), "num_mons", "status"), Need(root, "quorum", "status").GetArrayLength()),
            Osds = ((int)Number(osdmap, "num_osds", "status"), (int)Number(osdmap, "num_up_osds", "status"), (int)Number(osdmap, "num_in_osds", "status")),
            PgStates = Need(pgmap, "pgs_by_state", "status").EnumerateArray()
                .GroupBy(state => Need(state, "state_name", "status").GetString() ?? "", StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(state => (long)Number(state, "count", "status")), StringComparer.Ordinal),
            Objects = new ObjectsReading(
                (long)Number(pgmap, "num_pools", "status"),
                (long)Number(pgmap, "num_objects", "status"),
                (long)Number(pgmap, "data_bytes", "status"),
                (long)NumberOrZero(pgmap, "degraded_objects"),
                (long)NumberOrZero(pgmap, "misplaced_objects"),
                (long)NumberOrZero(pgmap, "unfound_objects")),
            Io = new IoReading(
                NumberOrZero(pgmap, "read_bytes_sec"),
                NumberOrZero(pgmap, "write_bytes_sec"),
                NumberOrZero(pgmap, "read_op_per_sec"),
                NumberOrZero(pgmap, "write_op_per_sec"),
                NumberOrZero(pgmap, "recovering_bytes_per_sec"),
                NumberOrZero(pgmap, "recovering_objects_per_sec"),
                NumberOrZero(pgmap, "recovering_keys_per_sec")),
        };
    });

    private static PoolReading Pool(JsonElement pool)
    {
        JsonElement sum = Need(pool, "stat_sum", "pg dump pools");
        long Get(string name) => (long)NumberOrZero(sum, name);
        return new PoolReading((long)Number(pool, "poolid", "pg dump pools"))
        {
            Objects = Get("num_objects"),
            Bytes = Get("num_bytes"),
            ObjectClones = Get("num_object_clones"),
            ObjectCopies = Get("num_object_copies"),
            ObjectsMissingOnPrimary = Get("num_objects_missing_on_primary"),
            ObjectsDegraded = Get("num_objects_degraded"),
            ObjectsMisplaced = Get("num_objects_misplaced"),
            ObjectsUnfound = Get("num_objects_unfound"),
            ScrubErrors = Get("num_scrub_errors"),
            Reads = Get("num_read"),
            ReadKilobytes = Get("num_read_kb"),
            Writes = Get("num_write"),
            WriteKilobytes = Get("num_write_kb"),
            ObjectsRecovered = Get("num_objects_recovered"),
            BytesRecovered = Get("num_bytes_recovered"),
            KeysRecovered = Get("num_keys_recovered"),
        };
    }

    private static PoolCapacityReading PoolCapacity(long id, JsonElement stats) => new(
        id, Number(stats, "stored", "df"), Number(stats, "bytes_used", "df"), Number(stats, "max_avail", "df"), NumberOrZero(stats, "percent_used"));

    /// <summary>Raw use, overhead included; only <c>total_used_bytes</c> before Nautilus.</summary>
    private static double Used(JsonElement stats, string command) =>
        Find(stats, "total_used_raw_bytes") is { } raw ? raw.GetDouble() : Number(stats, "total_used_bytes", command);

    private static T Read<T>(ReadOnlyMemory<byte> json, string command, Func<JsonElement, T> read)
    {
        if (json.Length > MaxBytes)
        {
            throw new CollectorException($"{command}: the answer is {json.Length} bytes long, the limit is {MaxBytes}; not read");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, s_options);
            return read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new CollectorException($"{command}: the answer is not JSON: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new CollectorException($"{command}: the answer is not what it should be: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private static JsonElement? Find(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) ? value : null;

    private static JsonElement Need(JsonElement of, string name, string command) =>
        Find(of, name) ?? throw new CollectorException($"{command}: the answer has no '{name}'");

    private static double Number(JsonElement of, string name, string command) => Need(of, name, command).GetDouble();

    private static double NumberOrZero(JsonElement of, string name) => Find(of, name)?.GetDouble() ?? 0;
}
