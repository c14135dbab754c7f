using Kalmar.Manager.Audit;
using Kalmar.Manager.Events;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados;
using Kalmar.Testing;

namespace Kalmar.Manager.Tests.Requests;

[Collection("cluster")]
public sealed class CommandRequestTests(CephClusterFixture ceph)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_is_run_and_our_map_shows_it_when_it_is_complete()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        RequestPlan plan = new CommandRequestFactory(kalmar.Snapshot).Run(
            "Setting noout", ("mon", new CephCommand("osd set").With("key", "noout")), ("mon", new CephCommand("osd unset").With("key", "noout")));
        uint before = kalmar.Snapshot.OsdMap!.Value.Epoch.Value;
        UserRequest ended = await kalmar.SucceedAsync(plan);
        Assert.True(kalmar.Snapshot.OsdMap!.Value.Epoch.Value >= before + 2);
        Assert.Equal("Done: all 2 steps", ended.Status);
        (_, IReadOnlyList<StoredEvent> events) = await kalmar.State.Events.PageAsync(new EventFilter { Entity = $"request.{ended.Id}" }, 1, 10, Token);
        Assert.Equal(["Succeeded: Setting noout", "Started: Setting noout"], events.Select(e => e.Message));
        (_, IReadOnlyList<AuditLine> lines) = await kalmar.State.Audit.PageAsync(new AuditFilter(), 1, 10, Token);
        Assert.Equal(["request.complete", "request.submit"], lines.Select(l => l.Entry.Action));
        Assert.All(lines, l => Assert.Equal(("ada", "192.0.2.7"), (l.Entry.Actor, l.Entry.Address)));
        Assert.True((await kalmar.State.Audit.VerifyAsync(null, Token)).IsIntact);
    }

    [Fact]
    public async Task Command_that_Ceph_refuses_fails_with_its_words()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        UserRequest ended = await kalmar.RunAsync(new CommandRequestFactory(kalmar.Snapshot).Run(
            "Changing a pool that is not there", ("mon", new CephCommand("osd pool set").With("pool", "no such pool").With("var", "size").With("val", "2"))));
        Assert.True(ended.Error);
        Assert.Contains("unrecognized pool 'no such pool'", ended.ErrorMessage, StringComparison.Ordinal);
    }
}
