using System.Text.Json;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Manager.State;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Manager.Tests.Requests;

[Collection("cluster")]
public sealed class OperatorRequestTests(CephClusterFixture ceph)
{
    private static readonly OsdId Osd = new(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Osd_is_marked_out_in_and_reweighted()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        UserRequest outside = await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).Out(Osd));
        Assert.Equal("Marking ceph-osd.1 out", outside.Headline);
        Assert.False(kalmar.Snapshot.OsdMap!.Value.IsIn(Osd));
        Assert.True(new OsdRequestFactory(kalmar.Snapshot).Out(Osd).IsEmpty);
        UserRequest half = await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).Reweight(Osd, 0.5));
        Assert.Equal("Re-weighting ceph-osd.1 to 50.0%", half.Headline);
        Assert.Equal(0x8000u, kalmar.Snapshot.OsdMap!.Value.Weights[1]);
        await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).Reweight(Osd, 1));
        using JsonDocument dump = JsonDocument.Parse(await ceph.CephAsync("osd", "dump", "-f", "json"));
        Assert.Equal((1, 1.0), (dump.RootElement.GetProperty("osds")[1].GetProperty("in").GetInt32(), dump.RootElement.GetProperty("osds")[1].GetProperty("weight").GetDouble()));
    }

    [Fact]
    public async Task Osd_class_and_CRUSH_weight_are_set()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        string? before = kalmar.Snapshot.OsdMap!.Value.Crush.DeviceClassOf(1);
        double weight = new CrushTree(kalmar.Snapshot.OsdMap!.Value.Crush).WeightOf(Osd)!.Value;
        await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).SetClass(Osd, "nvme"));
        Assert.Equal("nvme", kalmar.Snapshot.OsdMap!.Value.Crush.DeviceClassOf(1));
        await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).SetCrushWeight(Osd, 0.75));
        Assert.Equal(0.75, new CrushTree(kalmar.Snapshot.OsdMap!.Value.Crush).WeightOf(Osd));
        await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).SetCrushWeight(Osd, weight));
        await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).SetClass(Osd, before));
    }

    [Fact]
    public async Task Osd_that_never_ran_is_destroyed_and_purged()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        var id = new OsdId(int.Parse((await ceph.CephAsync("osd", "new", Guid.NewGuid().ToString())).Trim()));
        await kalmar.Monitor.WaitForAsync(s => s.OsdMap!.Value.Exists(id), Token);
        Assert.Equal(RefusalReason.Conflict, Assert.Throws<RequestRefusedException>(() => new OsdRequestFactory(kalmar.Snapshot).Purge(Osd)).Reason);

        RequestPlan destroy = new OsdRequestFactory(kalmar.Snapshot).Destroy(id);

        // Whether an OSD may go is said only when all PGs are well.
        await Eventually.TrueAsync("Ceph says that it is safe", async () => (await kalmar.Requests.DryRunAsync(kalmar.Id, destroy, Token)).Safety.All(a => a.IsSafe));
        await kalmar.SucceedAsync(destroy);
        Assert.True(kalmar.Snapshot.OsdMap!.Value.States[id.Value].HasFlag(OsdState.Destroyed));
        await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).Purge(id));
        Assert.False(kalmar.Snapshot.OsdMap!.Value.Exists(id));
    }

    [Fact]
    public async Task Safety_question_answered_with_no_refuses_and_force_overrides()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        RequestPlan plan = new CommandRequestFactory(kalmar.Snapshot).Run("Asking in vain", ("mon", new Rados.CephCommand("osd set").With("key", "noout"))) with
        {
            Questions = [new SafetyQuestion("mgr", """{"prefix":"osd safe-to-destroy","ids":["1"]}""", "osd safe-to-destroy 1")],
        };
        DryRun dry = await kalmar.Requests.DryRunAsync(kalmar.Id, plan, Token);
        SafetyAnswer answer = Assert.Single(dry.Safety);
        RequestRefusedException? refused = null;
        try
        {
            await kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, false, Token);
        }
        catch (RequestRefusedException e)
        {
            refused = e;
        }

        // An OSD without PGs is safe to destroy while it is up, too; then there is nothing to refuse.
        Assert.Equal(answer.IsSafe, refused is null);
        RequestPlan impossible = plan with { Questions = [new SafetyQuestion("mon", """{"prefix":"mon ok-to-rm","id":"a"}""", "mon ok-to-rm a")] };
        refused = await Assert.ThrowsAsync<RequestRefusedException>(() => kalmar.Requests.SubmitAsync(kalmar.Id, impossible, ManagerUnderTest.Ada, false, Token));
        Assert.True(refused.Reason == RefusalReason.Unsafe, refused.Message);
        (_, IReadOnlyList<AuditLine> lines) = await kalmar.State.Audit.PageAsync(new AuditFilter(), 1, 1, Token);
        Assert.Equal(AuditOutcome.Refused, lines[0].Entry.Outcome);
        await kalmar.SucceedAsync(impossible, force: true);
        await kalmar.SucceedAsync(new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["noout"] = false }));
    }

    [Fact]
    public async Task Flags_are_set_and_cleared_and_a_dry_run_sends_nothing()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        RequestPlan plan = new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["noout"] = true, ["pause"] = false, ["nodeep-scrub"] = true });
        DryRun dry = await kalmar.Requests.DryRunAsync(kalmar.Id, plan, Token);
        Assert.Equal(
            ["""{"prefix":"osd set","format":"json","key":"noout"}""", """{"prefix":"osd set","format":"json","key":"nodeep-scrub"}"""],
            dry.Commands.Select(c => c.Command));
        Assert.DoesNotContain("noout", kalmar.Snapshot.OsdMap!.Value.Flags.ToNames());
        await kalmar.SucceedAsync(plan);
        Assert.Contains("noout", kalmar.Snapshot.OsdMap!.Value.Flags.ToNames());
        await kalmar.SucceedAsync(new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["noout"] = false, ["nodeep-scrub"] = false }));
        Assert.DoesNotContain("noout", kalmar.Snapshot.OsdMap!.Value.Flags.ToNames());
        Assert.Equal(RefusalReason.Forbidden, Assert.Throws<RequestRefusedException>(
            () => new FlagRequestFactory(kalmar.Snapshot).Update(new Dictionary<string, bool> { ["full"] = true })).Reason);
    }

    [Fact]
    public async Task Scrubs_reach_OSDs_and_PGs()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        UserRequest deep = await kalmar.SucceedAsync(new OsdRequestFactory(kalmar.Snapshot).Command(Osd, "deep_scrub"));
        Assert.Equal("Initiating deep-scrub on ceph-osd.1", deep.Headline);
        PoolId pool = kalmar.Snapshot.OsdMap!.Value.Pools.Keys.First();
        UserRequest scrub = await kalmar.SucceedAsync(new PgRequestFactory(kalmar.Snapshot).Command(pool, $"{pool}.0", "scrub"));
        Assert.Equal($"Initiating scrub on ceph-pg{pool}.0", scrub.Headline);
        Assert.Throws<RequestRefusedException>(() => new PgRequestFactory(kalmar.Snapshot).Command(pool, $"{pool}.ffff", "scrub"));
        Assert.Throws<RequestRefusedException>(() => new OsdRequestFactory(kalmar.Snapshot).Command(Osd, "explode"));
    }

    [Fact]
    public async Task Crush_nodes_and_rules_are_made_moved_changed_and_removed()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        CrushMap Crush() => kalmar.Snapshot.OsdMap!.Value.Crush;
        int root = Crush().FindItem("default")!.Value;
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).CreateNode("rack-x", "rack", null, root));
        int rack = Crush().FindItem("rack-x")!.Value;
        Assert.Contains(rack, Crush().BucketOf(root)!.Items);
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).UpdateNode(rack, "rack-y", null));
        Assert.Equal("rack-y", Crush().NameOf(rack));
        Assert.Equal(RefusalReason.Conflict, Assert.Throws<RequestRefusedException>(() => new CrushRequestFactory(kalmar.Snapshot).DeleteNode(root)).Reason);

        var rule = new CrushRule(0, 1, [new(CrushRuleOp.Take, root, 0), new(CrushRuleOp.ChooseLeafFirstN, 0, 0), new(CrushRuleOp.Emit, 0, 0)]);
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).CreateRule("by-steps", rule));
        int id = Crush().RuleNames.First(r => r.Value == "by-steps").Key;
        using JsonDocument dump = JsonDocument.Parse(await ceph.CephAsync("osd", "crush", "rule", "dump", "by-steps", "-f", "json"));
        Assert.Equal("chooseleaf_firstn", dump.RootElement.GetProperty("steps")[1].GetProperty("op").GetString());
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).UpdateRule(id, "by-more-steps", null));
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).DeleteRule(id));
        double weight = new CrushTree(Crush()).WeightOf(Osd)!.Value;
        int host = new CrushTree(Crush()).ParentOf(1)!.Id;
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).MoveNode(1, rack));
        Assert.Equal((rack, weight), (new CrushTree(Crush()).ParentOf(1)!.Id, new CrushTree(Crush()).WeightOf(Osd)!.Value));
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).MoveNode(1, host));
        await kalmar.SucceedAsync(new CrushRequestFactory(kalmar.Snapshot).DeleteNode(rack));
        Assert.Null(Crush().FindItem("rack-y"));
    }

    [Fact]
    public async Task Configuration_is_set_and_injected()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        var factory = new ConfigRequestFactory(kalmar.Snapshot);
        await kalmar.SucceedAsync(factory.Set("osd.1", "osd_max_backfills", "3"));
        Assert.Equal("3", (await ceph.CephAsync("config", "get", "osd.1", "osd_max_backfills")).Trim());
        await kalmar.SucceedAsync(factory.Inject("osd.1", "osd_recovery_max_active", "5"));
        Assert.Contains("5", await ceph.CephAsync("tell", "osd.1", "config", "get", "osd_recovery_max_active"), StringComparison.Ordinal);
        await kalmar.SucceedAsync(factory.Remove("osd.1", "osd_max_backfills"));
        UserRequest unknown = await kalmar.RunAsync(factory.Set("global", "no_such_option", "1"));
        Assert.Contains("unrecognized config option", unknown.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_of_a_new_user_is_given_out_once_and_stored_nowhere()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("state.db");
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync(), new SqliteDatabase(file));
        var factory = new AuthRequestFactory(kalmar.Snapshot);
        UserRequest request = await kalmar.SucceedAsync(factory.Create("client.backup", new Dictionary<string, string> { ["mon"] = "allow r" }));
        Assert.Null(kalmar.Requests.TakeOutput(request.Id, new RequestActor("eve", "")));
        string output = kalmar.Requests.TakeOutput(request.Id, ManagerUnderTest.Ada)!.Output;
        Assert.Null(kalmar.Requests.TakeOutput(request.Id, ManagerUnderTest.Ada));
        string key = (await ceph.CephAsync("auth", "print-key", "client.backup")).Trim();
        Assert.Contains(key, output, StringComparison.Ordinal);
        foreach (string stored in Directory.GetFiles(folder.Path).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(stored, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(key, await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
        }

        await kalmar.SucceedAsync(factory.SetCaps("client.backup", new Dictionary<string, string> { ["mon"] = "allow r", ["osd"] = "allow r pool=x" }));
        Assert.Contains("pool=x", await ceph.CephAsync("auth", "get", "client.backup"), StringComparison.Ordinal);
        await kalmar.SucceedAsync(factory.Delete("client.backup"));
    }
}
