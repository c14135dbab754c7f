using Kalmar.Cli.Commands;
using Kalmar.Cli.Configuration;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.History;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.EndToEnd.Tests;

/// <summary>The rows of docs/privileges.md, each with a key that has just those caps.</summary>
public sealed class PrivilegeTests(CephClusterFixture ceph)
{
    private const string Mon = "mon 'allow r, allow command \"perf dump\", allow command \"perf schema\"'";

    [Fact]
    public async Task Read_only_key_sees_all_but_what_the_mgr_tells_and_says_so()
    {
        ClusterSnapshot s = await WatchAsync("ro", ["mon", "allow r"], s => s is { Capacity.Value.ByClass.Count: > 0, Metadata: not null } && s.Metadata.Value.ContainsKey(new DaemonName("osd", "0")) && Sees(s) && s.Missing.Count > 0);
        Assert.Null(s.OsdUsage);
        Assert.Contains(s.Missing, m => m.Needs == "mgr 'allow r'");
        Assert.All(s.Missing, m => Assert.Contains(m.Needs, Page(), StringComparison.Ordinal));
        Assert.NotEmpty(s.PoolUsage!.Value);
        Assert.Equal("16.2.15", s.Metadata!.Value[new DaemonName("osd", "0")].Version);
    }

    [Fact]
    public async Task Key_with_mgr_caps_sees_the_use_of_each_OSD()
    {
        ClusterSnapshot s = await WatchAsync("mgr", ["mon", "allow r", "mgr", "allow r"], s => Sees(s) && s is { OsdUsage: not null, PoolCounters: not null });
        Assert.Equal(3, s.OsdUsage!.Value.Count);
        Assert.Empty(s.Missing);
    }

    [Fact]
    public async Task Perf_counters_come_with_the_caps_of_the_table_and_are_named_as_missing_without()
    {
        string[] all = ["mon", "allow r, allow command \"perf dump\", allow command \"perf schema\"", "mgr", "allow *", "osd", "allow *"];
        Assert.Empty(await MissingCountersAsync("all", all));
        Assert.Equal(["mgr 'allow *'", Mon, "osd 'allow *'"], (await MissingCountersAsync("few", ["mon", "allow r", "mgr", "allow r", "osd", "allow r"])).Order(StringComparer.Ordinal));
        Assert.All(["mgr 'allow *'", Mon, "osd 'allow *'"], needs => Assert.Contains(needs, Page(), StringComparison.Ordinal));
    }

    private static bool Sees(ClusterSnapshot s) =>
        s is { MonMap: not null, OsdMap: not null, MgrMap: not null, Health: not null, Quorum: not null, Pgs: not null, Io: not null, PoolUsage: not null };

    private static string Page() => File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "privileges.md"));

    private async Task<string[]> MissingCountersAsync(string name, string[] caps)
    {
        using var folder = new TemporaryFolder();
        await using ClusterDirectory clusters = new([await MonitorAsync(name, caps, folder)]);
        var settings = new HistorySettings
        {
            Folder = folder.File("whisper"),
            Interval = TimeSpan.FromSeconds(1),
            Schemas = Carbon.Schemas.StorageSchemas.Uniform(Whisper.RetentionPolicy.Parse("1s:1h")),
            Host = false,
        };
        await using var history = new HistoryService(settings, clusters, TimeProvider.System, NullLogger<HistoryService>.Instance);
        clusters.Start();
        await history.StartAsync(TestContext.Current.CancellationToken);
        DaemonName[] expected = [new("mon", "a"), new("mgr", "x"), new("osd", "0"), new("osd", "1"), new("osd", "2")];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        ClusterMonitor monitor = clusters.Monitors[0];
        await monitor.WaitForAsync(s => history.Collectors.Any(c => c is { Name: "daemons", Runs: > 2 }) && Sees(s), limit.Token);
        await monitor.WaitForAsync(s => name == "few" ? s.Missing.Count == 3 : expected.All(s.LastWord.ContainsKey), limit.Token);
        return [.. monitor.Snapshot.Missing.Select(m => m.Needs)];
    }

    private async Task<ClusterSnapshot> WatchAsync(string name, string[] caps, Func<ClusterSnapshot, bool> until)
    {
        using var folder = new TemporaryFolder();
        ClusterMonitor monitor = await MonitorAsync(name, caps, folder);
        await using (monitor)
        {
            monitor.Start();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                return await monitor.WaitForAsync(until, limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"the snapshot never had what was awaited; missing: {string.Join("; ", monitor.Snapshot.Missing)}; {monitor.Snapshot.Contact}");
                throw;
            }
        }
    }

    private async Task<ClusterMonitor> MonitorAsync(string name, string[] caps, TemporaryFolder folder)
    {
        SandboxCluster cluster = await ceph.GetAsync();
        string keyring = folder.File("keyring");
        await ceph.CephAsync(["auth", "get-or-create", $"client.test-{name}", .. caps, "-o", keyring]);
        return new ClusterMonitor(
            new ClusterMonitorOptions
            {
                Name = "ceph",
                Open = ClusterOpener.For(new ClusterOptions(cluster.ConfPath, null, $"client.test-{name}", keyring, null)),
            },
            TimeProvider.System,
            NullLogger<ClusterMonitor>.Instance);
    }
}
