using Kalmar.Manager.Audit;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Manager.Tests.State;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.Manager.Tests.Requests;

[Collection("cluster")]
public sealed class LostStoreTests(CephClusterFixture ceph)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_goes_on_once_when_its_store_is_back()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await using IStateUnderTest store = await StateUnderTest.NewAsync();
        var database = new FailingDatabase(await store.OpenAsync());
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(sandbox, database);
        await sandbox.FreezeAsync("mon.a", Token);
        UserRequest request;
        try
        {
            request = await kalmar.Requests.SubmitAsync(
                kalmar.Id, new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["norebalance"] = true }), ManagerUnderTest.Ada, true, Token);
            await Task.Delay(500, Token);
            database.IsAway = true;
        }
        finally
        {
            await sandbox.ThawAsync("mon.a", Token);
        }

        await Eventually.TrueAsync("the outcome could not be stored twice", () => Task.FromResult(database.Refused >= 2));
        Assert.Equal(1, kalmar.Requests.Pending);
        database.IsAway = false;
        UserRequest ended = (await kalmar.Requests.WaitAsync(request.Id, Token))!;
        Assert.Equal((RequestState.Complete, false, ""), (ended.State, ended.Error, ended.ErrorMessage));
        Assert.True(kalmar.Snapshot.OsdMap!.Value.Flags.HasFlag(Rados.Maps.OsdMapFlags.NoRebalance));
        (_, IReadOnlyList<AuditLine> lines) = await kalmar.State.Audit.PageAsync(new AuditFilter { Action = "request." }, 1, 10, Token);
        Assert.Equal(["request.complete", "request.submit"], lines.Select(l => l.Entry.Action));
        Assert.Equal(AuditOutcome.Succeeded, lines[0].Entry.Outcome);
        await kalmar.SucceedAsync(new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["norebalance"] = false }));
    }
}
