using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>The life of one real cluster, shared by the tests; each puts back what it broke.</summary>
[Collection(nameof(SandboxClusterTests))]
public sealed class SandboxClusterTests(CephClusterFixture ceph)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Started_cluster_is_healthy_with_all_osds_up_and_every_pg_clean()
    {
        // Another test may have broken and mended something a moment ago; health is well again before the last PG is clean.
        JsonElement status = default;
        await Eventually.TrueAsync("HEALTH_OK, every PG active+clean", async () =>
        {
            status = await StatusAsync();
            JsonElement[] states = [.. status.GetProperty("pgmap").GetProperty("pgs_by_state").EnumerateArray()];
            return status.GetProperty("health").GetProperty("status").ValueEquals("HEALTH_OK") && states.Length == 1 && states[0].GetProperty("state_name").ValueEquals("active+clean");
        });
        Assert.Equal(3, status.GetProperty("osdmap").GetProperty("num_up_osds").GetInt32());
        Assert.Equal(3, status.GetProperty("osdmap").GetProperty("num_in_osds").GetInt32());
    }

    [Fact]
    public async Task Status_names_every_daemon_with_its_process_start_and_log()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        SandboxStatus status = await cluster.StatusAsync(Cancellation);
        Assert.Equal(["mon.a", "mgr.x", "osd.0", "osd.1", "osd.2"], status.Daemons.Select(d => d.Name));
        Assert.True(status.AllRunning);
        Assert.All(status.Daemons, daemon =>
        {
            string pid = File.ReadAllText(Path.Combine(cluster.Folder, "run", daemon.Name + ".pid")).Trim();
            Assert.Equal(pid, daemon.ProcessId?.ToString(CultureInfo.InvariantCulture));
            Assert.True(File.Exists(daemon.LogPath), daemon.LogPath);
            DateTime made = File.GetCreationTimeUtc(cluster.ConfPath);
            Assert.InRange(daemon.StartedAt!.Value.UtcDateTime, made.AddSeconds(-2), made.AddMinutes(10));
        });
    }

    [Fact]
    public async Task Folder_and_keys_are_readable_by_their_owner_only()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(cluster.Folder).UnixFileMode);
        foreach (string file in Directory.GetFiles(cluster.Folder, "*keyring*", SearchOption.AllDirectories).Append(cluster.ConfPath))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file) & ~UnixFileMode.UserExecute);
        }

        Assert.Empty(Directory.GetFiles(cluster.Folder, "seed*"));
    }

    [Fact]
    public async Task Opened_again_by_folder_the_same_processes_are_found()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        SandboxCluster again = await SandboxCluster.OpenAsync(cluster.Folder + "/", cancellationToken: Cancellation);
        Assert.Equal(cluster.Fsid, again.Fsid);
        Assert.Equal(cluster.ConfPath, again.ConfPath);
        Assert.Equal((await cluster.StatusAsync(Cancellation)).Daemons, (await again.StatusAsync(Cancellation)).Daemons);
    }

    [Fact]
    public async Task Frozen_osd_keeps_its_process_and_is_found_out_by_its_peers_until_it_is_thawed()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        int? pid = (await OneAsync(cluster, "osd.2")).ProcessId;
        await cluster.FreezeAsync("osd.2", Cancellation);
        SandboxDaemonStatus frozen = await OneAsync(cluster, "osd.2");
        Assert.True(frozen.Frozen);
        Assert.Equal(pid, frozen.ProcessId);
        await Eventually.TrueAsync("osd.2 down", async () => await OsdsUpAsync() == 2);
        await cluster.ThawAsync("osd.2", Cancellation);
        Assert.False((await OneAsync(cluster, "osd.2")).Frozen);
        await Eventually.TrueAsync("osd.2 up", async () => await OsdsUpAsync() == 3);
    }

    [Fact]
    public async Task Revive_of_a_frozen_manager_thaws_it_and_of_a_running_one_does_nothing()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        SandboxDaemonStatus before = await OneAsync(cluster, "mgr.x");
        await cluster.FreezeAsync("mgr.x", Cancellation);
        await cluster.ReviveAsync("mgr.x", Cancellation);
        await cluster.ReviveAsync("mgr.x", Cancellation);
        Assert.Equal(before, await OneAsync(cluster, "mgr.x"));
    }

    [Fact]
    public async Task Daemon_that_dies_at_start_is_told_with_the_reason_of_its_log()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        string block = Path.Combine(cluster.Folder, "osd", "0", "block");
        await cluster.KillAsync("osd.0", Cancellation);
        File.Move(block, block + ".away");
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => cluster.ReviveAsync("osd.0", Cancellation));
        File.Move(block + ".away", block);
        await cluster.ReviveAsync("osd.0", Cancellation);
        Assert.Equal(SandboxErrorKind.DaemonFailed, error.Kind);
        Assert.StartsWith("osd.0 ended while it was being started: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("/osd/0/block", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        await Eventually.TrueAsync("osd.0 up", async () => await OsdsUpAsync() == 3);
    }

    [Theory]
    [InlineData("osd.3")]
    [InlineData("mon.b")]
    [InlineData("osd")]
    public async Task Unknown_daemon_is_refused_with_the_names_of_those_there_are(string name)
    {
        SandboxCluster cluster = await ceph.GetAsync();
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => cluster.KillAsync(name, Cancellation));
        Assert.Equal(SandboxErrorKind.NoSuchDaemon, error.Kind);
        Assert.Contains("mon.a, mgr.x, osd.0, osd.1, osd.2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_cluster_leaves_no_process_and_started_again_it_still_has_its_objects()
    {
        SandboxCluster cluster = await ceph.GetAsync();
        await ceph.CephAsync("osd", "pool", "create", "kept", "8");
        string file = Path.Combine(cluster.Folder, "log", "object");
        await File.WriteAllTextAsync(file, "what was written stays", Cancellation);
        await RealTool.RunAsync("rados", "-c", cluster.ConfPath, "-p", "kept", "put", "thing", file);

        await cluster.StopAsync(cancellationToken: Cancellation);
        SandboxStatus stopped = await cluster.StatusAsync(Cancellation);
        Assert.True(stopped.AllStopped);
        using (TcpClient client = new())
        {
            await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync(cluster.Monitors[0], Cancellation));
        }

        SandboxException notRunning = await Assert.ThrowsAsync<SandboxException>(() => cluster.KillAsync("osd.0", Cancellation));
        Assert.Equal(SandboxErrorKind.NoSuchDaemon, notRunning.Kind);

        List<string> steps = [];
        await cluster.StartAsync(new StepList(steps), Cancellation);
        Assert.True((await cluster.StatusAsync(Cancellation)).AllRunning);
        Assert.Contains("starting 1 monitor", steps);
        Assert.Equal("what was written stays", await RealTool.RunAsync("rados", "-c", cluster.ConfPath, "-p", "kept", "get", "thing", "-"));
        await ceph.CephAsync("osd", "pool", "rm", "kept", "kept", "--yes-i-really-really-mean-it");
        await Eventually.TrueAsync("all OSDs up", async () => await OsdsUpAsync() == 3);
    }

    private static async Task<SandboxDaemonStatus> OneAsync(SandboxCluster cluster, string name) =>
        (await cluster.StatusAsync(Cancellation)).Daemons.Single(d => d.Name == name);

    private async Task<JsonElement> StatusAsync() => JsonDocument.Parse(await ceph.CephAsync("-s", "-f", "json")).RootElement;

    private async Task<int> OsdsUpAsync() => (await StatusAsync()).GetProperty("osdmap").GetProperty("num_up_osds").GetInt32();
}
