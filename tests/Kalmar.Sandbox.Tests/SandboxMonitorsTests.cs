using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>Sandboxes of monitors only, which start within seconds.</summary>
public sealed class SandboxMonitorsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_secure_monitors_beside_another_sandbox_survive_the_loss_of_one_and_the_other_s_end()
    {
        using TemporaryFolder folder = new();
        SandboxOptions three = MonitorOnly(folder.File("three")) with { Monitors = 3, Secure = true, QuickFailureDetection = true };
        SandboxCluster[] both = await Task.WhenAll(
            SandboxCluster.CreateAsync(three, cancellationToken: Cancellation),
            SandboxCluster.CreateAsync(MonitorOnly(folder.File("one")), cancellationToken: Cancellation));
        (SandboxCluster cluster, SandboxCluster other) = (both[0], both[1]);
        try
        {
            await Task.WhenAll(cluster.StartAsync(cancellationToken: Cancellation), other.StartAsync(cancellationToken: Cancellation));
            Assert.Equal(["a", "b", "c"], await QuorumAsync(cluster));
            Assert.Equal(["a"], await QuorumAsync(other));
            Assert.NotEqual(other.Fsid, cluster.Fsid);
            await other.DestroyAsync(cancellationToken: Cancellation);
            Assert.False(Directory.Exists(other.Folder));
            Assert.True((await cluster.StatusAsync(Cancellation)).AllRunning);

            await cluster.KillAsync("mon.a", Cancellation);
            await Eventually.TrueAsync("a quorum of two", async () => (await QuorumAsync(cluster)).SequenceEqual(["b", "c"]));
            await cluster.ReviveAsync("mon.a", Cancellation);
            await Eventually.TrueAsync("a quorum of three", async () => (await QuorumAsync(cluster)).Count == 3);
        }
        finally
        {
            await cluster.DestroyAsync(cancellationToken: CancellationToken.None);
        }
    }

    [Fact]
    public async Task Start_that_was_given_up_half_way_is_found_by_folder_and_finished()
    {
        using TemporaryFolder folder = new();
        SandboxCluster begun = await SandboxCluster.CreateAsync(MonitorOnly(folder.File("half")) with { Ipv6 = true, AuthNone = true, ClusterName = "other" }, cancellationToken: Cancellation);
        using CancellationTokenSource giveUp = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => begun.StartAsync(new StepList([], CancelWhenSettingUp), giveUp.Token));

        SandboxCluster cluster = await SandboxCluster.OpenAsync(folder.File("half"), cancellationToken: Cancellation);
        int? pid = (await cluster.StatusAsync(Cancellation)).Daemons[0].ProcessId;
        Assert.NotNull(pid);
        await cluster.StartAsync(cancellationToken: Cancellation);
        Assert.Equal(pid, (await cluster.StatusAsync(Cancellation)).Daemons[0].ProcessId);
        Assert.Equal(["a"], await QuorumAsync(cluster));
        Assert.Equal(IPAddress.IPv6Loopback, cluster.Monitors[0].Address);
        await cluster.DestroyAsync(cancellationToken: Cancellation);

        void CancelWhenSettingUp(string step)
        {
            if (step.StartsWith("setting up", StringComparison.Ordinal))
            {
                giveUp.Cancel();
            }
        }
    }

    [Fact]
    public async Task Destroy_keeps_what_others_put_into_the_folder()
    {
        using TemporaryFolder folder = new();
        SandboxCluster cluster = await SandboxCluster.CreateAsync(MonitorOnly(folder.File("c")), cancellationToken: Cancellation);
        await File.WriteAllTextAsync(Path.Combine(cluster.Folder, "mine.txt"), "mine", Cancellation);
        await cluster.DestroyAsync(cancellationToken: Cancellation);
        Assert.Equal([Path.Combine(cluster.Folder, "mine.txt")], Directory.GetFileSystemEntries(cluster.Folder));
        Assert.False(SandboxCluster.Exists(cluster.Folder));
    }

    [Fact]
    public async Task Taken_monitor_port_is_named_before_anything_is_started()
    {
        using TemporaryFolder folder = new();
        SandboxCluster cluster = await SandboxCluster.CreateAsync(MonitorOnly(folder.File("c")), cancellationToken: Cancellation);
        using TcpListener squatter = new(cluster.Monitors[0]);
        squatter.Start();
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => cluster.StartAsync(cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.PortTaken, error.Kind);
        Assert.StartsWith($"port {cluster.Monitors[0].Port} of mon.a is taken by another process", error.Message, StringComparison.Ordinal);
        Assert.True((await cluster.StatusAsync(Cancellation)).AllStopped);
    }

    [Fact]
    public async Task Sandbox_that_somebody_else_is_starting_is_busy()
    {
        using TemporaryFolder folder = new();
        SandboxCluster cluster = await SandboxCluster.CreateAsync(MonitorOnly(folder.File("c")), cancellationToken: Cancellation);
        using (new FileStream(Path.Combine(cluster.Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => cluster.DestroyAsync(cancellationToken: Cancellation));
            Assert.Equal(SandboxErrorKind.Busy, error.Kind);
        }

        Assert.True(SandboxCluster.Exists(cluster.Folder));
    }

    private static SandboxOptions MonitorOnly(string folder) => new() { Folder = folder, Managers = 0, Osds = 0 };

    private static async Task<IReadOnlyList<string>> QuorumAsync(SandboxCluster cluster)
    {
        string json = await RealTool.RunAsync("ceph", "-c", cluster.ConfPath, "--connect-timeout", "60", "quorum_status", "-f", "json");
        return [.. JsonDocument.Parse(json).RootElement.GetProperty("quorum_names").EnumerateArray().Select(n => n.GetString()!)];
    }
}
