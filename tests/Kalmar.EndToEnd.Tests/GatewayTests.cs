using System.Text.Json;
using Kalmar.Cli.Commands;
using Kalmar.Cli.Configuration;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.History;
using Kalmar.Rados;
using Kalmar.Rados.Configuration;
using Kalmar.Sandbox;
using Kalmar.Server.Views;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.EndToEnd.Tests;

/// <summary>A cluster with a file system and an object gateway: both are shown as <c>ceph -s</c> shows them, and the metadata server has a history.</summary>
public sealed class GatewayTests(GatewayClusterFixture ceph)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_system_and_gateway_are_shown_and_metadata_server_counters_are_kept()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        using var folder = new TemporaryFolder();
        await AssertStatusAsync(cluster);
        await using ClusterDirectory clusters = new([new ClusterMonitor(
            new ClusterMonitorOptions { Name = "ceph", Open = ClusterOpener.For(new ClusterOptions(cluster.ConfPath, null, null, null, null)) },
            TimeProvider.System,
            NullLogger<ClusterMonitor>.Instance)]);
        await using var history = new HistoryService(Settings(folder), clusters, TimeProvider.System, NullLogger<HistoryService>.Instance);
        clusters.Start();
        await history.StartAsync(Token);
        ClusterMonitor monitor = clusters.Monitors[0];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        ClusterSnapshot snapshot = await monitor.WaitForAsync(
            s => s is { ServiceMap.Value.Services.Count: > 0, FsMap: not null } && s.Metadata?.Value.Keys.Any(d => d.Type == "mds") == true, limit.Token);
        AssertDaemons(DaemonRow.Of(snapshot));
        await AssertRefusedAsync(cluster, monitor.Cluster!);
        await AssertHistoryAsync(cluster, history, folder);
    }

    private static async Task AssertStatusAsync(SandboxCluster cluster)
    {
        await StatusComparison.AssertEqualAsync(
            cluster.ConfPath, s => s.GetProperty("servicemap").GetProperty("services").EnumerateObject().Any(), StatusComparison.ServicePaths);
        (_, string text, _) = await KalmarProcess.RunAsync("status", "-c", cluster.ConfPath);
        string theirs = await RealTool.RunAsync("ceph", "-c", cluster.ConfPath, "-s");
        string gateway = theirs.Split('\n').Single(l => l.Contains(" rgw: ", StringComparison.Ordinal)).Split(": ")[1].Trim();
        Assert.Contains($"rgw       {gateway}: a", text, StringComparison.Ordinal);
        Assert.Contains("mds       cephfs: 1/1 daemons up, a up:active (rank 0)", text, StringComparison.Ordinal);
        Assert.Contains("1/1 daemons up", theirs, StringComparison.Ordinal);
    }

    private static void AssertDaemons(IReadOnlyList<DaemonRow> rows)
    {
        DaemonRow gateway = Assert.Single(rows, r => r.Name.Type == "rgw");
        Assert.Equal(("rgw.a", ViewState.Good, "running"), (gateway.Name.ToString(), gateway.State, gateway.StateText));
        Assert.NotEqual("", gateway.Host);
        Assert.StartsWith("16.", gateway.Version, StringComparison.Ordinal);
        DaemonRow mds = Assert.Single(rows, r => r.Name.Type == "mds");
        Assert.Equal(("mds.a", ViewState.Good, "up:active, rank 0"), (mds.Name.ToString(), mds.State, mds.StateText));
        Assert.NotEqual("", mds.Version);
    }

    /// <summary>A real key without caps for metadata servers: refused by the server itself, with what it asks for.</summary>
    private static async Task AssertRefusedAsync(SandboxCluster cluster, RadosCluster admin)
    {
        (await admin.TellMdsAsync("a", CephCommand.Query("perf dump"), cancellationToken: Token)).EnsureSuccess();
        CommandResult added = await admin.CommandAsync(
            new CephCommand("auth get-or-create").With("entity", "client.nomds").With("caps", ["mon", "allow r", "mds", "allow r"]).With("format", "json"),
            cancellationToken: Token);
        using JsonDocument entity = added.ToJson();
        var key = CephKey.Parse(entity.RootElement[0].GetProperty("key").GetString()!);
        CephConnectOptions options = await CephConnectOptions.ResolveAsync(new CephConnectArguments { ConfPath = cluster.ConfPath }, TimeProvider.System, Token);
        await using RadosCluster poor = await RadosCluster.ConnectAsync(options with { Name = EntityName.Parse("client.nomds"), Key = key }, TimeProvider.System, Token);
        CommandResult refused = await poor.TellMdsAsync("a", CephCommand.Query("perf dump"), cancellationToken: Token);
        Assert.Equal(-13, refused.Result);
        Assert.Contains("mds 'allow *'", refused.Advice, StringComparison.Ordinal);
    }

    private static async Task AssertHistoryAsync(SandboxCluster cluster, HistoryService history, TemporaryFolder folder)
    {
        long from = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string branch = folder.File($"whisper/ceph/cluster/{cluster.Fsid}/mds/a");
        await Eventually.TrueAsync(
            "the metadata server was asked some times",
            () => Task.FromResult(history.Collectors.Any(c => c is { Name: "daemons", Runs: > 5 })),
            TimeSpan.FromSeconds(90));
        await history.Writer.FlushAsync(Token);
        Assert.True(Directory.GetFiles(branch, "*.wsp", SearchOption.AllDirectories).Length > 20, "the metadata server has few counters");
        string file = Path.Combine(branch, "mds/inodes.wsp");
        using JsonDocument told = JsonDocument.Parse(await RealTool.RunAsync("ceph", "-c", cluster.ConfPath, "tell", "mds.a", "perf", "dump"));
        double inodes = told.RootElement.GetProperty("mds").GetProperty("inodes").GetDouble();
        using JsonDocument kept = JsonDocument.Parse(await RealTool.RunAsync("whisper-fetch", "--json", $"--from={from}", file));
        Assert.Contains(kept.RootElement.GetProperty("values").EnumerateArray(), v => v.ValueKind == JsonValueKind.Number && v.GetDouble() == inodes);
    }

    private static HistorySettings Settings(TemporaryFolder folder) => new()
    {
        Folder = folder.File("whisper"),
        Interval = TimeSpan.FromSeconds(1),
        Schemas = Carbon.Schemas.StorageSchemas.Uniform(Whisper.RetentionPolicy.Parse("1s:10m,1m:1h")),
    };
}
