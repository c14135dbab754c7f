using Kalmar.Manager.Events;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Manager.Tests.Requests;
using Kalmar.Manager.Tests.State;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kalmar.Manager.Tests.Events;

[Collection("cluster")]
public sealed class EventerTests(CephClusterFixture ceph)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_a_cluster_becomes_events_also_over_a_restart()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await using IStateUnderTest store = await StateUnderTest.NewAsync();
        string host;
        await using (ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(sandbox, await store.OpenAsync()))
        {
            await using Eventer eventer = Make(kalmar);
            await eventer.StartAsync(Token);
            await ExpectAsync(kalmar, "Kalmar server started", EventSeverity.Info);
            StoredEvent added = await ExpectAsync(kalmar, "Added server ", EventSeverity.Info);
            host = added.Server;
            Assert.Equal($"Added server {host} with 1 monitor service, 1 manager service, 3 OSDs", added.Message);
            await ExpectAsync(kalmar, "Ceph 16.2.15 installed on", EventSeverity.Info);

            await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).Out(new OsdId(2)));
            StoredEvent marked = await ExpectAsync(kalmar, $"OSD ceph.2 was marked out (on {host})", EventSeverity.Warning);
            Assert.Equal(("osd.2", host, EventKinds.OsdIn, sandbox.Fsid.ToString()), (marked.Entity, marked.Server, marked.Kind, marked.Cluster));
            await kalmar.SucceedAsync(new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["noout"] = true }));
            await ExpectAsync(kalmar, "Flag noout of cluster 'ceph' was set", EventSeverity.Info);
            await ExpectAsync(kalmar, "Health check OSDMAP_FLAGS: ", EventSeverity.Warning);

            await sandbox.FreezeAsync("mon.a", Token);
            await ExpectAsync(kalmar, "Cluster 'ceph' is late reporting in", EventSeverity.Warning);
            await sandbox.ThawAsync("mon.a", Token);
            await ExpectAsync(kalmar, "Cluster 'ceph' regained contact", EventSeverity.Recovery);
        }

        // While Kalmar is down.
        await ceph.CephAsync("osd", "in", "2");
        await ceph.CephAsync("osd", "unset", "noout");
        await ceph.CephAsync("osd", "pool", "create", "meanwhile", "1");
        await using (ManagerUnderTest again = await ManagerUnderTest.StartAsync(sandbox, await store.OpenAsync()))
        {
            await using Eventer eventer = Make(again);
            await eventer.StartAsync(Token);
            await ExpectAsync(again, $"OSD ceph.2 was marked in (on {host})", EventSeverity.Recovery);
            PoolId pool = again.Snapshot.OsdMap!.Value.FindPool("meanwhile")!.Value;
            StoredEvent made = await ExpectAsync(again, $"pool ceph.{pool} added to cluster ceph", EventSeverity.Info);
            Assert.Equal("pool.meanwhile", made.Entity);
            await ExpectAsync(again, "Health check OSDMAP_FLAGS cleared", EventSeverity.Recovery);

            await sandbox.KillAsync("osd.2", Token);
            await ExpectAsync(again, $"OSD ceph.2 went down (on {host})", EventSeverity.Warning);
            await ExpectAsync(again, "Health check OSD_DOWN: 1 osds down", EventSeverity.Warning);
            await sandbox.ReviveAsync("osd.2", Token);
            await ExpectAsync(again, $"OSD ceph.2 came up (on {host})", EventSeverity.Recovery);
            (long servers, _) = await again.State.Events.PageAsync(new EventFilter { Kind = EventKinds.Server }, 1, 10, Token);
            Assert.Equal(1, servers);
        }
    }

    private static Eventer Make(ManagerUnderTest kalmar) =>
        new(kalmar.State, kalmar.Clusters, new EventerOptions(), TimeProvider.System, NullLogger<Eventer>.Instance);

    private static async Task<StoredEvent> ExpectAsync(ManagerUnderTest kalmar, string beginning, EventSeverity severity)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(90));
        List<string> others = [];
        try
        {
            await foreach (StoredEvent stored in kalmar.State.Events.FollowAsync(new EventFilter(), 0, limit.Token))
            {
                if (stored.Message.StartsWith(beginning, StringComparison.Ordinal))
                {
                    Assert.Equal(severity, stored.Severity);
                    return stored;
                }

                others.Add(stored.Message);
            }
        }
        catch (OperationCanceledException) when (!Token.IsCancellationRequested)
        {
            // Told below.
        }

        Assert.Fail($"no event '{beginning}…'; there were:\n{string.Join('\n', others)}");
        return null!;
    }
}
