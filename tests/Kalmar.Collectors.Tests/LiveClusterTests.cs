using System.Text;
using System.Text.Json.Nodes;
using Kalmar.Collectors.Clusters;
using Kalmar.Collectors.Daemons;
using Kalmar.Rados;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Monitors;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Messages;

namespace Kalmar.Collectors.Tests;

/// <summary>Against the daemons of a real cluster, asked over the wire.</summary>
public sealed class LiveClusterTests(CephClusterFixture ceph)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DaemonPerfCollector_asks_every_daemon_and_agrees_with_ceph_tell()
    {
        await using RadosCluster cluster = await ConnectAsync();
        Directory directory = new(await TargetsAsync(cluster));
        Assert.Equal(["mon.a", "osd.0", "osd.1", "osd.2", "mgr.x"], directory.Daemons.Select(target => target.Name));
        ListSink sink = new();
        DaemonPerfCollector collector = new(directory, new RadosDaemonCommands(cluster), "ceph.cluster.f", TimeProvider.System);
        await collector.CollectAsync(sink, DateTimeOffset.UnixEpoch, Cancellation);
        Assert.All(collector.Daemons, state =>
        {
            Assert.Equal(0, state.Unknown);
            Assert.Equal(0, state.Mismatched);
            Assert.True(state.LastPoints > 0, state.Name);
        });

        // These don't change while nobody uses the cluster.
        foreach (string osd in new[] { "osd.0", "osd.1", "osd.2" })
        {
            // The manager may make its own pool just now.
            await Eventually.TrueAsync($"what we collect of {osd} is what ceph tell says", async () =>
            {
                sink.Clear();
                await collector.CollectAsync(sink, DateTimeOffset.UnixEpoch, Cancellation);
                JsonNode told = JsonNode.Parse(await ceph.CephAsync("tell", osd, "perf", "dump"))!;
                return (double)told["bluefs"]!["db_total_bytes"]! == sink[$"ceph.cluster.f.{osd}.bluefs.db_total_bytes"]
                    && (double)told["osd"]!["numpg"]! == sink[$"ceph.cluster.f.{osd}.osd.numpg"]
                    && (double)told["osd"]!["stat_bytes"]! == sink[$"ceph.cluster.f.{osd}.osd.stat_bytes"];
            });
        }

        sink.Clear();
        await collector.CollectAsync(sink, DateTimeOffset.UnixEpoch.AddSeconds(10), Cancellation);
        Assert.True(sink.Has("ceph.cluster.f.osd.0.osd.op_w"));
        Assert.True(sink.Has("ceph.cluster.f.mon.a.paxos.commit"));
        Assert.All(sink.Samples, sample => Assert.True(sample.Value >= 0, $"{sample.Path} = {sample.Value}"));
    }

    [Theory]
    [InlineData("allow r", "allow r", "")]
    [InlineData("allow r, allow command \"perf dump\", allow command \"perf schema\"", "allow rwx", "mon.a")]
    [InlineData("allow r, allow command \"perf dump\", allow command \"perf schema\"", "allow *", "mon.a osd.0 osd.1 osd.2 mgr.x")]
    public async Task Caps_decide_which_daemons_answer(string monCaps, string otherCaps, string answering)
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        using TemporaryFolder folder = new();
        string keyring = folder.File("keyring");
        await ceph.CephAsync("auth", "get-or-create", "client.collectors", "mon", monCaps, "osd", otherCaps, "mgr", otherCaps, "-o", keyring);
        try
        {
            await using RadosCluster admin = await ConnectAsync();
            Directory directory = new(await TargetsAsync(admin));
            await using RadosCluster cluster = await RadosCluster.ConnectAsync(
                new CephConnectArguments { ConfPath = sandbox.ConfPath, Name = EntityName.Parse("client.collectors"), KeyringPath = keyring },
                cancellationToken: Cancellation);
            DaemonPerfCollector collector = new(directory, new RadosDaemonCommands(cluster), "ceph.cluster.f", TimeProvider.System);
            Exception? error = await Record.ExceptionAsync(() => collector.CollectAsync(new ListSink(), DateTimeOffset.UnixEpoch, Cancellation));
            string[] answered = answering.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(answered.Order(StringComparer.Ordinal), collector.Daemons.Where(state => state.LastError is null).Select(state => state.Name).Order(StringComparer.Ordinal));
            Assert.Equal(answered.Length < 5, error is CollectorException);
            Assert.DoesNotContain('\n', error?.Message ?? "");
        }
        finally
        {
            await ceph.CephAsync("auth", "rm", "client.collectors");
        }
    }

    [Fact]
    public async Task ClusterJson_reads_what_the_cluster_answers_now()
    {
        await using RadosCluster cluster = await ConnectAsync();
        StatusReading status = ClusterJson.Status((await cluster.CommandAsync(CephCommand.Query("status"), cancellationToken: Cancellation)).EnsureSuccess().Output);
        Assert.Equal((3, 3, 3), status.Osds);
        Assert.Equal((1, 1), status.Monitors);
        CapacityReading capacity = ClusterJson.Capacity((await cluster.CommandAsync(CephCommand.Query("df"), cancellationToken: Cancellation)).EnsureSuccess().Output);
        Assert.True(capacity.TotalBytes > capacity.AvailableBytes);
        string pools = await ceph.CephAsync("pg", "dump", "pools", "-f", "json");
        Assert.Equal(capacity.Pools.Select(pool => pool.PoolId).Order(), ClusterJson.Pools(Encoding.UTF8.GetBytes(pools)).Select(pool => pool.PoolId).Order());
    }

    private static async Task<IReadOnlyList<DaemonTarget>> TargetsAsync(RadosCluster cluster)
    {
        CommandResult map = (await cluster.CommandAsync(CephCommand.Query("osd getmap"), cancellationToken: Cancellation)).EnsureSuccess();
        RawMessage mgr = await cluster.Monitors.FetchAsync(SubscriptionNames.MgrMap, Cancellation);
        MonMap? monitors = cluster.Monitors.MonMap;
        return DaemonTargets.From(monitors, monitors?.Ranks ?? [], ReadOsdMap(map.Output), ReadMgrMap(mgr.As<MMgrMap>().Map), null);
    }

    private static OsdMap ReadOsdMap(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new(bytes.Span, "OSDMap");
        return OsdMap.Read(ref reader);
    }

    private static MgrMap ReadMgrMap(ReadOnlyMemory<byte> bytes)
    {
        WireReader reader = new(bytes.Span, "MgrMap");
        return MgrMap.Read(ref reader);
    }

    private async Task<RadosCluster> ConnectAsync()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        return await RadosCluster.ConnectAsync(
            new CephConnectArguments { ConfPath = sandbox.ConfPath, KeyringPath = sandbox.KeyringPath }, cancellationToken: Cancellation);
    }

    private sealed record Directory(IReadOnlyList<DaemonTarget> Daemons) : IDaemonDirectory;
}
