using Kalmar.Manager.Audit;
using Kalmar.Manager.Events;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Manager.State;
using Kalmar.Manager.Tests.State;
using Kalmar.Rados;
using Kalmar.Testing;

namespace Kalmar.Manager.Tests.Requests;

[Collection("cluster")]
public sealed class CommandRequestTests(CephClusterFixture ceph, PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Command_is_run_and_our_map_shows_it_when_it_is_complete(bool inPostgres)
    {
        StateDatabase? database = inPostgres ? new PostgresDatabase(await postgres.CreateDatabaseAsync()) : null;
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync(), database);
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
    public async Task Restart_goes_on_where_the_journal_ends()
    {
        await using IStateUnderTest store = await StateUnderTest.NewAsync();
        UserRequest refused, unknown, half;
        await using (ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync(), await store.OpenAsync()))
        {
            // As a kill would leave them: answered with a no; sent without an answer; the first step done and the second not begun.
            var factory = new CommandRequestFactory(kalmar.Snapshot);
            RequestPlan scrub = factory.Run("Scrubbing", ("mgr", new CephCommand("osd scrub").With("who", "1")));
            RequestPlan two = factory.Run(
                "Two", ("mon", new CephCommand("osd set").With("key", "never sent")), ("mon", new CephCommand("osd unset").With("key", "noout")));
            refused = await kalmar.State.Requests.InsertAsync(kalmar.Id, "ceph", scrub, ManagerUnderTest.Ada, Token);
            await kalmar.State.Requests.NoteSendingAsync(refused.Id, 0, Token);
            await kalmar.State.Requests.NoteOutcomeAsync(refused.Id, 0, StepRecord.Answered, -22, 0, "no such thing");
            unknown = await kalmar.State.Requests.InsertAsync(kalmar.Id, "ceph", scrub, ManagerUnderTest.Ada, Token);
            await kalmar.State.Requests.NoteSendingAsync(unknown.Id, 0, Token);
            half = await kalmar.State.Requests.InsertAsync(kalmar.Id, "ceph", two, ManagerUnderTest.Ada, Token);
            await kalmar.State.Requests.NoteSendingAsync(half.Id, 0, Token);
            await kalmar.State.Requests.NoteOutcomeAsync(half.Id, 0, StepRecord.Answered, 0, 1, "");
        }

        await using ManagerUnderTest again = await ManagerUnderTest.StartAsync(await ceph.GetAsync(), await store.OpenAsync());
        Assert.Equal("no such thing (errno 22)", (await again.Requests.WaitAsync(refused.Id, Token))!.ErrorMessage);
        Assert.Contains("it is not sent twice", (await again.Requests.WaitAsync(unknown.Id, Token))!.ErrorMessage, StringComparison.Ordinal);
        UserRequest ended = (await again.Requests.WaitAsync(half.Id, Token))!;
        Assert.Equal((false, "Done: all 2 steps"), (ended.Error, ended.Status));
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
