using System.Globalization;
using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Wire;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Reads placement groups from the active manager's <c>pg dump pgs</c>.</summary>
internal static class PgReader
{
    private static readonly CephCommand Dump = CephCommand.Query("pg dump").With("dumpcontents", ["pgs"]);

    /// <summary>All placement groups of a cluster.</summary>
    public static async Task<IReadOnlyList<PgResource>> AllAsync(IClusterQuestions questions, ClusterSnapshot cluster, CancellationToken cancellationToken)
    {
        OsdMap map = cluster.Map();
        CommandResult result = await questions.AskAsync(cluster, "mgr", Dump, cancellationToken);
        if (!result.IsSuccess)
        {
            throw ApiException.Unavailable($"the manager does not list placement groups: {result.Status}");
        }

        using JsonDocument document = result.ToJson();
        return document.RootElement.TryGetProperty("pg_stats", out JsonElement stats) && stats.ValueKind == JsonValueKind.Array
            ? [.. stats.EnumerateArray().Select(p => Pg(map, p))]
            : throw ApiException.Unavailable("the manager's list of placement groups has no 'pg_stats'");
    }

    /// <summary>How often each single state occurs in states joined by <c>+</c>.</summary>
    public static IReadOnlyDictionary<string, long> Counts(IEnumerable<string> states) => states
        .SelectMany(s => s.Split('+')).GroupBy(s => s, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.LongCount(), StringComparer.Ordinal);

    /// <summary>The number of the pool that a placement group belongs to.</summary>
    public static long PoolOf(PgResource pg) => long.Parse(pg.Id.AsSpan(0, pg.Id.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture);

    private static PgResource Pg(OsdMap map, JsonElement pg)
    {
        string id = pg.GetProperty("pgid").GetString() ?? "";
        long pool = long.Parse(id.AsSpan(0, id.IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
        return new PgResource(
            id,
            map.NameOf(new PoolId(pool)),
            pg.GetProperty("state").GetString() ?? "",
            Numbers(pg, "up"),
            Numbers(pg, "acting"),
            pg.GetProperty("up_primary").GetInt32(),
            pg.GetProperty("acting_primary").GetInt32());
    }

    private static int[] Numbers(JsonElement pg, string name) => [.. pg.GetProperty(name).EnumerateArray().Select(o => o.GetInt32())];
}
