using System.Diagnostics;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.Manager.Tests.Requests;

[Collection("cluster")]
public sealed class LostMonitorTests(CephClusterFixture ceph)
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("KALMAR_TEST_LONG") == "1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Monitors_gone_in_the_middle_of_a_request_fail_it_truthfully()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        RequestServiceOptions options = Long ? new RequestServiceOptions() : new RequestServiceOptions { LostContactGrace = TimeSpan.FromSeconds(2) };
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(sandbox, null, options);
        RequestPlan plan = new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["notieragent"] = true });
        await sandbox.FreezeAsync("mon.a", Token);
        UserRequest ended;
        long start = Stopwatch.GetTimestamp();
        try
        {
            // The monitor's kernel still takes what is sent, and nobody answers.
            UserRequest request = await kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, true, Token);
            ended = (await kalmar.Requests.WaitAsync(request.Id, Token))!;
            TimeSpan took = Stopwatch.GetElapsedTime(start);
            Assert.True(ended is { State: RequestState.Complete, Error: true }, $"after {took}: {ended}, contact {kalmar.Snapshot.Contact}");
            Assert.Contains("Lost contact with cluster 'ceph'", ended.ErrorMessage, StringComparison.Ordinal);
            Assert.Contains("'osd set'", ended.ErrorMessage, StringComparison.Ordinal);
            Assert.True(took < plan.Steps[0].Timeout, $"it took {took}, its time-out is {plan.Steps[0].Timeout}");
            (_, IReadOnlyList<AuditLine> lines) = await kalmar.State.Audit.PageAsync(new AuditFilter { Action = "request.complete" }, 1, 1, Token);
            Assert.Equal(AuditOutcome.Unknown, lines[0].Entry.Outcome);

            // Nothing is taken while there is no contact.
            RequestRefusedException refused = await Assert.ThrowsAsync<RequestRefusedException>(
                () => kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, true, Token));
            Assert.Equal(RefusalReason.Unavailable, refused.Reason);
            if (Long)
            {
                await Task.Delay(TimeSpan.FromMinutes(2) - Stopwatch.GetElapsedTime(start), Token);
            }
        }
        finally
        {
            await sandbox.ThawAsync("mon.a", Token);
        }

        await kalmar.Monitor.WaitForAsync(s => s.Contact.State == ContactState.Connected, Token);
        await Eventually.TrueAsync(
            "the flag can be cleared again",
            async () => !(await kalmar.RunAsync(new CommandRequestFactory(kalmar.Snapshot).Run(
                "Clearing", ("mon", new Rados.CephCommand("osd unset").With("key", "notieragent"))))).Error);
    }

    [Fact]
    public async Task Request_outlives_monitors_that_come_back_in_time()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(sandbox);
        RequestPlan plan = new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["nosnaptrim"] = true });
        await sandbox.FreezeAsync("mon.a", Token);
        UserRequest request = await kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, true, Token);
        await Task.Delay(TimeSpan.FromSeconds(3), Token);
        Assert.Equal(RequestState.Submitted, (await kalmar.Requests.FindAsync(request.Id, Token))!.State);
        await sandbox.ThawAsync("mon.a", Token);
        UserRequest ended = (await kalmar.Requests.WaitAsync(request.Id, Token))!;
        Assert.Equal((false, ""), (ended.Error, ended.ErrorMessage));
        Assert.True(kalmar.Snapshot.OsdMap!.Value.Flags.HasFlag(Rados.Maps.OsdMapFlags.NoSnapTrim));
        await kalmar.SucceedAsync(new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["nosnaptrim"] = false }));
    }

    [Fact]
    public async Task Cancelled_request_says_what_may_still_happen_and_stays_cancelled()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(sandbox);
        RequestPlan plan = new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["noscrub"] = true });
        await sandbox.FreezeAsync("mon.a", Token);
        UserRequest request;
        try
        {
            request = await kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, true, Token);
            await Task.Delay(500, Token);
            UserRequest cancelled = (await kalmar.Requests.CancelAsync(request.Id, new RequestActor("bob", ""), Token))!;
            Assert.Equal((RequestState.Complete, true, "Cancelled"), (cancelled.State, cancelled.Error, cancelled.ErrorMessage));
            Assert.Equal("'osd set' was on its way and may still take effect", cancelled.Status);
            Assert.Equal(cancelled, await kalmar.Requests.CancelAsync(request.Id, ManagerUnderTest.Ada, Token));
        }
        finally
        {
            await sandbox.ThawAsync("mon.a", Token);
        }

        (_, IReadOnlyList<AuditLine> lines) = await kalmar.State.Audit.PageAsync(new AuditFilter { Action = "request." }, 1, 10, Token);
        Assert.Equal(["request.cancel", "request.submit"], lines.Select(l => l.Entry.Action));
        Assert.Equal("bob", lines[0].Entry.Actor);
        Assert.Null(await kalmar.Requests.CancelAsync(RequestId.New(), ManagerUnderTest.Ada, Token));
        await ceph.CephAsync("osd", "unset", "noscrub");
    }
}
