using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary>Compares what Kalmar and Ceph's own tool say of a cluster, field by field.</summary>
internal static class StatusComparison
{
    private static readonly string[] Paths =
    [
        "fsid", "health.status", "health.checks", "election_epoch", "quorum", "quorum_names", "monmap.epoch", "monmap.num_mons",
        "monmap.min_mon_release_name", "osdmap.epoch", "osdmap.num_osds", "osdmap.num_up_osds", "osdmap.osd_up_since", "osdmap.num_in_osds",
        "osdmap.osd_in_since", "osdmap.num_remapped_pgs", "pgmap.pgs_by_state", "pgmap.num_pgs", "pgmap.num_pools", "pgmap.num_objects",
        "pgmap.data_bytes", "pgmap.bytes_used", "pgmap.bytes_avail", "pgmap.bytes_total", "mgrmap.available", "mgrmap.num_standbys",
        "fsmap.epoch", "fsmap.by_rank", "fsmap.up:standby", "servicemap.epoch", "servicemap.modified", "servicemap.services",
    ];

    /// <summary>What a cluster with a file system and gateways has besides.</summary>
    public static IReadOnlyList<string> ServicePaths { get; } = ["fsmap.id", "fsmap.up", "fsmap.in", "fsmap.max"];

    /// <summary>
    /// Takes Ceph's answer before and after ours, and demands that each of our fields equals one of both: a cluster moves while it is asked.
    /// </summary>
    public static async Task AssertEqualAsync(string conf, Func<JsonElement, bool>? until = null, IReadOnlyList<string>? more = null)
    {
        string[] paths = [.. Paths, .. more ?? []];
        List<string> differences = [];
        for (int attempt = 0; attempt < 40; attempt++)
        {
            JsonElement before = await CephAsync(conf);
            (int code, string output, string error) = await KalmarProcess.RunAsync("status", "--json", "-c", conf);
            Assert.True(code == 0, error);
            JsonElement ours = JsonDocument.Parse(output).RootElement;
            JsonElement after = await CephAsync(conf);
            differences = [.. paths.Where(p => !Same(At(ours, p), At(before, p)) && !Same(At(ours, p), At(after, p)))
                .Select(p => $"{p}: ours {At(ours, p)}, ceph {At(before, p)} then {At(after, p)}")];
            if (differences.Count == 0 && (until is null || until(ours)))
            {
                return;
            }

            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        Assert.Fail(differences.Count > 0 ? string.Join('\n', differences) : "the cluster never came to the awaited state");
    }

    private static async Task<JsonElement> CephAsync(string conf) =>
        JsonDocument.Parse(await RealTool.RunAsync("ceph", "-c", conf, "-s", "-f", "json")).RootElement;

    private static JsonElement? At(JsonElement element, string path)
    {
        JsonElement at = element;
        foreach (string part in path.Split('.'))
        {
            if (!at.TryGetProperty(part, out at))
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>Equal, where ours may say more: a check has its details too.</summary>
    private static bool Same(JsonElement? ours, JsonElement? theirs) => (ours, theirs) switch
    {
        (null, null) => true,
        ({ ValueKind: JsonValueKind.Object } a, { ValueKind: JsonValueKind.Object } b) =>
            b.EnumerateObject().All(p => a.TryGetProperty(p.Name, out JsonElement value) && Same(value, p.Value))
            && a.EnumerateObject().All(p => p.Name == "detail" || b.TryGetProperty(p.Name, out _)),
        ({ ValueKind: JsonValueKind.Array } a, { ValueKind: JsonValueKind.Array } b) =>
            a.GetArrayLength() == b.GetArrayLength() && a.EnumerateArray().OrderBy(Text).Zip(b.EnumerateArray().OrderBy(Text)).All(p => Same(p.First, p.Second)),
        ({ } a, { } b) => a.ToString() == b.ToString(),
        _ => false,
    };

    private static string Text(JsonElement element) => element.ToString();
}
