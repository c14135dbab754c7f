using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.State;
using Kalmar.Rados;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Clusters, their monitors, sync objects, configuration, flags and log: the reading side of v2.</summary>
internal static class ClusterEndpoints
{
    private const int MaxLines = 10_000;

    public static void Map(ApiRoutes api)
    {
        api.Get("cluster", All).WithSummary("The clusters that are watched.").Produces<IReadOnlyList<ClusterResource>>();
        api.Get("cluster/{fsid}", One).WithSummary("A cluster.").Produces<ClusterResource>();
        api.Add("DELETE", "cluster/{fsid}", UserRole.Superuser, Forget).WithSummary("Forgets a cluster; one that is in the configuration comes back at once.").Produces(204);
        api.Get("cluster/{fsid}/stats", Stats).WithSummary("Space and objects.").Produces<ClusterStatsResource>();
        api.Get("cluster/{fsid}/mon", Monitors).WithSummary("Monitors by rank.").Produces<IReadOnlyList<MonResource>>();
        api.Get("cluster/{fsid}/mon/{name}", Monitor).WithSummary("A monitor.").Produces<MonResource>();
        api.Get("cluster/{fsid}/mon/{name}/status", MonitorStatusAsync).WithSummary("What a monitor says of itself (mon_status).");
        api.Get("cluster/{fsid}/sync_object", SyncTypes).WithSummary("The types of raw maps.").Produces<IReadOnlyList<string>>();
        api.Get("cluster/{fsid}/sync_object/{type}", SyncObjectAsync).WithSummary("A raw map as Ceph prints it.");
        api.Get("cluster/{fsid}/config", ConfigAsync).WithSummary("The running configuration of a monitor.").Produces<IReadOnlyList<ConfigResource>>();
        api.Get("cluster/{fsid}/config/{key}", ConfigKeyAsync).WithSummary("One setting.").Produces<ConfigResource>();
        api.Get("cluster/{fsid}/osd_config", Flags).WithSummary("Cluster-wide flags.").Produces<IReadOnlyDictionary<string, bool>>();
        api.Get("cluster/{fsid}/log", LogAsync).WithSummary("The newest lines of the cluster's log (?lines=40).").Produces<LinesResource>();
    }

    private static IResult All(IClusterDirectory clusters) =>
        CalamariEndpoints.Json([.. clusters.Snapshots.Where(c => c.Id is not null).Select(Of)], ApiJson.Readable.IReadOnlyListClusterResource);

    private static IResult One(string fsid, IClusterDirectory clusters) => CalamariEndpoints.Json(Of(clusters.Need(fsid)), ApiJson.Readable.ClusterResource);

    private static IResult Forget(string fsid, IClusterDirectory clusters)
    {
        clusters.Need(fsid);
        return Results.NoContent();
    }

    private static IResult Stats(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.Capacity, PoolReader.Stats(cluster), ApiJson.Readable.ClusterStatsResource);
    }

    private static IResult Monitors(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.MonMap, MonReader.All(cluster), ApiJson.Readable.IReadOnlyListMonResource);
    }

    private static IResult Monitor(string fsid, string name, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.MonMap, Find(cluster, name), ApiJson.Readable.MonResource);
    }

    private static async Task<IResult> MonitorStatusAsync(
        string fsid, string name, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        Find(cluster, name);
        return Raw(await SyncObjects.MonStatusAsync(questions, cluster, name, cancellationToken));
    }

    private static IResult SyncTypes(string fsid, IClusterDirectory clusters)
    {
        clusters.Need(fsid);
        return CalamariEndpoints.Json(SyncObjects.Types, ApiJson.Readable.IReadOnlyListString);
    }

    private static async Task<IResult> SyncObjectAsync(
        string fsid, string type, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken) =>
        Raw(await SyncObjects.ReadAsync(questions, clusters.Need(fsid), type, cancellationToken));

    private static async Task<IResult> ConfigAsync(string fsid, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken) =>
        CalamariEndpoints.Json(await SettingsAsync(clusters.Need(fsid), questions, cancellationToken), ApiJson.Readable.IReadOnlyListConfigResource);

    private static async Task<IResult> ConfigKeyAsync(
        string fsid, string key, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        IReadOnlyList<ConfigResource> settings = await SettingsAsync(clusters.Need(fsid), questions, cancellationToken);
        return settings.FirstOrDefault(s => s.Key == key) is { } found
            ? CalamariEndpoints.Json(found, ApiJson.Readable.ConfigResource)
            : throw ApiException.NotFound($"Key '{key}' not found");
    }

    private static IResult Flags(string fsid, IClusterDirectory clusters, HttpContext context)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        return Answers.Part(context, cluster, cluster.OsdMap, FlagReader.Of(cluster.Map()), ApiJson.Readable.IReadOnlyDictionaryStringBoolean);
    }

    private static async Task<IResult> LogAsync(
        string fsid, IClusterDirectory clusters, IClusterQuestions questions, HttpContext context, CancellationToken cancellationToken)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        int lines = Paging.Number(context, "lines", 40, 1, MaxLines);
        // As ceph.log has it: the monitors keep 50 lines, and in a quiet cluster all of them are of the level of debugging.
        CephCommand last = CephCommand.Query("log last").With("num", lines).With("level", "debug").With("channel", "cluster").With("format", "plain");
        CommandResult result = await questions.AskAsync(cluster, "mon", last, cancellationToken);
        return result.IsSuccess
            ? CalamariEndpoints.Json(new LinesResource(Last(result.OutputText, lines)), ApiJson.Readable.LinesResource)
            : throw ApiException.Unavailable($"the monitors do not tell their log: {result.Status}");
    }

    /// <summary>The running configuration of a monitor.</summary>
    public static async Task<IReadOnlyList<ConfigResource>> SettingsAsync(ClusterSnapshot cluster, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        using JsonDocument document = JsonDocument.Parse(await SyncObjects.ConfigAsync(questions, cluster, cancellationToken));
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? [.. document.RootElement.EnumerateObject().Select(p => new ConfigResource(p.Name, p.Value.ToString()))]
            : throw ApiException.Unavailable("the monitor's configuration is not known");
    }

    // The monitors tell one line more than they are asked for, and more when several came at once.
    private static string Last(string text, int lines) =>
        string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines).Select(l => l + '\n'));

    private static IResult Raw(ReadOnlyMemory<byte> json) => new BodyResult(json, "application/json");

    private static ClusterResource Of(ClusterSnapshot cluster) => new(cluster.Contact.LastHeard ?? cluster.Changed, cluster.Id!.Value.ToString(), cluster.Name);

    private static MonResource Find(ClusterSnapshot cluster, string name) =>
        MonReader.All(cluster).FirstOrDefault(m => m.Name == name) ?? throw ApiException.NotFound($"Mon '{name}' not found");
}
