using System.Collections.Concurrent;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Rados.Configuration;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Manager.Tests.Clusters;

/// <summary>Our own clock is wrong, or is set while we watch; the cluster's clocks are right.</summary>
[Collection("cluster")]
public sealed class ClockSkewTests(CephClusterFixture ceph)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watching_with_a_wrong_clock_works_as_with_a_right_one()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await Task.WhenAll(
            WatchAsync(sandbox, TimeSpan.FromHours(-3)),
            WatchAsync(sandbox, TimeSpan.FromMinutes(-10)),
            WatchAsync(sandbox, TimeSpan.FromMinutes(10)),
            WatchAsync(sandbox, TimeSpan.FromHours(3)));
    }

    [Fact]
    public async Task Clock_that_is_set_while_watching_is_lived_through_and_lost_quorum_is_still_seen()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        var time = new ShiftedTime(TimeSpan.Zero);
        await using ClusterMonitor monitor = Start(sandbox, time);
        await CompleteAsync(monitor);
        ConcurrentQueue<ContactState> states = Record(monitor);

        // More than any ticket lasts.
        foreach (int hours in (int[])[100, -100])
        {
            time.Shift = TimeSpan.FromHours(hours);
            await UseDaemonsAsync(monitor.Cluster!, new OsdId(hours > 0 ? 1 : 2));
            AssertAges(await NextRoundAsync(monitor, time), time);
        }

        Assert.DoesNotContain(states, s => s != ContactState.Connected);
        await sandbox.FreezeAsync("mon.a", Token);
        try
        {
            time.Shift -= TimeSpan.FromHours(50);
            await WaitAsync(monitor, s => s.Contact.State == ContactState.QuorumLost);
        }
        finally
        {
            await sandbox.ReviveAsync("mon.a", Token);
        }

        await WaitAsync(monitor, s => s.Contact.State == ContactState.Connected);
    }

    private static async Task WatchAsync(SandboxCluster sandbox, TimeSpan shift)
    {
        var time = new ShiftedTime(shift);
        await using ClusterMonitor monitor = Start(sandbox, time);
        await CompleteAsync(monitor);
        ConcurrentQueue<ContactState> states = Record(monitor);
        await UseDaemonsAsync(monitor.Cluster!, new OsdId(0));
        ClusterSnapshot last = await NextRoundAsync(monitor, time);
        AssertAges(last, time);
        Assert.DoesNotContain(states, s => s != ContactState.Connected);
        Assert.Empty(last.Missing);
    }

    private static ClusterMonitor Start(SandboxCluster sandbox, TimeProvider time)
    {
        var arguments = new CephConnectArguments { ConfPath = sandbox.ConfPath };
        var monitor = new ClusterMonitor(
            new ClusterMonitorOptions
            {
                Name = "ceph",
                Open = async token => new RadosCluster(await CephConnectOptions.ResolveAsync(arguments, time, token), time),
                StatusInterval = TimeSpan.FromSeconds(1),
                UsageInterval = TimeSpan.FromSeconds(2),
            },
            time,
            NullLogger<ClusterMonitor>.Instance);
        monitor.Start();
        return monitor;
    }

    private static Task<ClusterSnapshot> CompleteAsync(ClusterMonitor monitor) => WaitAsync(monitor, s =>
        s is { OsdMap: not null, MonMap: not null, MgrMap: not null, Health: not null, Pgs: not null, Quorum: not null, OsdUsage: not null, PoolUsage: not null }
        && s.Contact.State == ContactState.Connected);

    /// <summary>Two more rounds of everything that is asked for again and again.</summary>
    private static Task<ClusterSnapshot> NextRoundAsync(ClusterMonitor monitor, ShiftedTime time)
    {
        (object health, object usage, DateTimeOffset now) = (monitor.Snapshot.Health!, monitor.Snapshot.OsdUsage!, time.GetUtcNow());
        return WaitAsync(monitor, s =>
            !ReferenceEquals(s.Health, health) && !ReferenceEquals(s.OsdUsage, usage) && s.Health!.Received > now && s.OsdUsage!.Received > now && s.Quorum!.Received > now);
    }

    private static async Task<ClusterSnapshot> WaitAsync(ClusterMonitor monitor, Func<ClusterSnapshot, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await monitor.WaitForAsync(condition, limit.Token);
    }

    private static ConcurrentQueue<ContactState> Record(ClusterMonitor monitor)
    {
        var states = new ConcurrentQueue<ContactState>();
        monitor.SnapshotChanged += (_, s) => states.Enqueue(s.Contact.State);
        return states;
    }

    /// <summary>A connection that did not exist yet, with the tickets that we have and with new ones.</summary>
    private static async Task UseDaemonsAsync(RadosCluster cluster, OsdId osd)
    {
        CephCommand dump = CephCommand.Query("perf dump");
        (await cluster.TellOsdAsync(osd, dump, cancellationToken: Token)).EnsureSuccess();
        await cluster.Monitors.CreateServiceAuthenticatorAsync(EntityType.Mgr, renew: true, Token);
        (await cluster.TellMgrAsync(dump, cancellationToken: Token)).EnsureSuccess();
    }

    private static void AssertAges(ClusterSnapshot snapshot, ShiftedTime time)
    {
        DateTimeOffset now = time.GetUtcNow();
        Assert.InRange(snapshot.Health!.Age(now), TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.InRange(snapshot.OsdUsage!.Age(now), TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.InRange(now - snapshot.Contact.LastHeard!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.All(snapshot.LastWord.Where(w => w.Key.Type == "mon"), w => Assert.InRange(now - w.Value, TimeSpan.Zero, TimeSpan.FromMinutes(2)));
        Assert.InRange(snapshot.Quorum!.Value.Age, TimeSpan.Zero, TimeSpan.FromDays(1));
    }
}
