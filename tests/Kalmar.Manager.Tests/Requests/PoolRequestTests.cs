using System.Text.Json;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados.Maps;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Manager.Tests.Requests;

[Collection("cluster")]
public sealed class PoolRequestTests(CephClusterFixture ceph)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pool_of_8_PGs_grows_to_64_in_blocks_and_the_next_snapshot_shows_it()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        var limits = new PgLimits(MaxSplitCount: 5);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot, limits).Create(new PoolSpec { Name = "growing", PgNum = 8, Application = "test" }));
        PoolId id = kalmar.Snapshot.OsdMap!.Value.FindPool("growing")!.Value;
        Assert.Equal(8u, kalmar.Snapshot.OsdMap!.Value.Pools[id].PgNum);
        Assert.False(kalmar.Snapshot.OsdMap!.Value.Pools[id].Flags.HasFlag(PoolFlags.Creating));

        RequestPlan plan = new PoolRequestFactory(kalmar.Snapshot, limits).Update(id, new PoolChange { PgNum = 64 });
        Assert.Equal((RequestKind.PgCreating, "Growing pool 'growing' to 64 PGs"), (plan.Kind, plan.Headline));
        UserRequest request = await kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, false, Token);
        List<string> statuses = [];
        UserRequest now = request;
        while (now.State != RequestState.Complete)
        {
            now = (await kalmar.Requests.FindAsync(request.Id, Token))!;
            if (statuses.Count == 0 || statuses[^1] != now.Status)
            {
                statuses.Add(now.Status);
            }

            await Task.Delay(50, Token);
        }

        // Whoever reads after "complete" sees it, without waiting.
        Pool grown = kalmar.Snapshot.OsdMap!.Value.Pools[id];
        Assert.Equal((64u, 64u, ""), (grown.PgNum, grown.PgpNumTarget, now.ErrorMessage));
        Assert.Contains(statuses, s => s.StartsWith("Step 1 of 5: Growing to 23 of 64 PGs", StringComparison.Ordinal));
        Assert.Contains(statuses, s => s.Contains("of 64 PGs", StringComparison.Ordinal) && s.Contains("waiting for", StringComparison.Ordinal));
        using JsonDocument asked = JsonDocument.Parse(await ceph.CephAsync("osd", "pool", "get", "growing", "pg_num", "-f", "json"));
        Assert.Equal(64, asked.RootElement.GetProperty("pg_num").GetInt32());
        await DeleteAsync(kalmar, "growing");
    }

    [Fact]
    public async Task Pool_is_made_changed_renamed_and_deleted()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        await kalmar.SucceedAsync(new ErasureProfileRequestFactory(kalmar.Snapshot).Set(
            "two-one", new Dictionary<string, string> { ["k"] = "2", ["m"] = "1", ["crush-failure-domain"] = "osd" }));
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Create(
            new PoolSpec { Name = "coded", PgNum = 4, IsErasure = true, ErasureCodeProfile = "two-one" }));
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Create(new PoolSpec
        {
            Name = "many \"names\" ; and ünïcode",
            PgNum = 4,
            Size = 2,
            MinSize = 1,
            QuotaMaxBytes = 1 << 20,
            Settings = new Dictionary<string, string> { ["compression_mode"] = "passive" },
        }));
        PoolId id = kalmar.Snapshot.OsdMap!.Value.FindPool("many \"names\" ; and ünïcode")!.Value;
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Update(id, new PoolChange
        {
            Name = "renamed",
            Size = 3,
            MinSize = 2,
            QuotaMaxObjects = 7,
            Settings = new Dictionary<string, string> { ["nodelete"] = "true" },
        }));
        Pool pool = kalmar.Snapshot.OsdMap!.Value.Pools[id];
        Assert.Equal(("renamed", 3, 2, 7UL, 1UL << 20), (kalmar.Snapshot.OsdMap!.Value.PoolNames[id], pool.Size, pool.MinSize, pool.QuotaMaxObjects, pool.QuotaMaxBytes));
        using JsonDocument dump = JsonDocument.Parse(await ceph.CephAsync("osd", "pool", "ls", "detail", "-f", "json"));
        JsonElement told = dump.RootElement.EnumerateArray().Single(p => p.GetProperty("pool_name").GetString() == "renamed");
        Assert.Equal((3, 2, 7, "passive"), (told.GetProperty("size").GetInt32(), told.GetProperty("min_size").GetInt32(), told.GetProperty("quota_max_objects").GetInt32(), told.GetProperty("options").GetProperty("compression_mode").GetString()));

        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).SetSnapshot(id, "before", remove: false));
        Assert.Equal(RefusalReason.Conflict, Assert.Throws<RequestRefusedException>(() => new PoolRequestFactory(kalmar.Snapshot).SetSnapshot(id, "before", remove: false)).Reason);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).SetSnapshot(id, "before", remove: true));

        // All is as asked for: nothing to send.
        Assert.True(new PoolRequestFactory(kalmar.Snapshot).Update(id, new PoolChange { Name = "renamed", Size = 3 }).IsEmpty);
        RequestRefusedException marked = Assert.Throws<RequestRefusedException>(() => new PoolRequestFactory(kalmar.Snapshot).Delete(id));
        Assert.Equal(RefusalReason.Conflict, marked.Reason);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Update(id, new PoolChange { Settings = new Dictionary<string, string> { ["nodelete"] = "false" } }));
        await DeleteAsync(kalmar, "renamed");
        await DeleteAsync(kalmar, "coded");
        await kalmar.SucceedAsync(new ErasureProfileRequestFactory(kalmar.Snapshot).Remove("two-one"));
    }

    [Fact]
    public async Task Pool_deletion_that_the_monitors_forbid_says_what_to_do()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Create(new PoolSpec { Name = "kept", PgNum = 1 }));
        await ceph.CephAsync("tell", "mon.a", "config", "set", "mon_allow_pool_delete", "false");
        PoolId id = kalmar.Snapshot.OsdMap!.Value.FindPool("kept")!.Value;
        Assert.Throws<RequestRefusedException>(() => new PoolRequestFactory(kalmar.Snapshot).Delete(id, "other"));
        UserRequest refused = await kalmar.RunAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(id, "kept"));
        Assert.True(refused.Error);
        Assert.Contains("mon_allow_pool_delete", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.NotNull(kalmar.Snapshot.OsdMap!.Value.FindPool("kept"));
        await DeleteAsync(kalmar, "kept");
    }

    [Fact]
    public async Task Wrong_pools_are_refused_before_anything_is_sent()
    {
        await using ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        var factory = new PoolRequestFactory(kalmar.Snapshot, new PgLimits(MaxPoolPgNum: 100));
        RequestRefusedException wrong = Assert.Throws<RequestRefusedException>(() => factory.Create(new PoolSpec
        {
            Name = "x",
            PgNum = 101,
            PgpNum = 102,
            Size = 99,
            CrushRule = 77,
            Settings = new Dictionary<string, string> { ["nonsense"] = "1" },
        }));
        Assert.Equal(["crush_ruleset", "nonsense", "pg_num", "pgp_num", "size"], wrong.Fields.Keys.Order());
        foreach (string name in new[] { "", "a\nb", new string('x', 10_000) })
        {
            Assert.Equal("name", Assert.Single(Assert.Throws<RequestRefusedException>(() => factory.Create(new PoolSpec { Name = name, PgNum = 1 })).Fields).Key);
        }

        Assert.Equal(RefusalReason.NotFound, Assert.Throws<RequestRefusedException>(() => factory.Delete(new PoolId(4711))).Reason);
    }

    [Theory]
    [InlineData(8u, 64u, 3, 5u, new uint[] { 23, 38, 53, 64 })]
    [InlineData(8u, 64u, 3, 32u, new uint[] { 64 })]
    [InlineData(1u, 200u, 10, 32u, new uint[] { 33, 200 })]
    [InlineData(2u, 8u, 0, 0u, new uint[] { 3, 4, 5, 6, 7, 8 })]
    public void Blocks_are_as_large_as_the_split_count_and_the_OSDs_allow(uint from, uint to, int osds, uint split, uint[] expected) =>
        Assert.Equal(expected, PoolRequestFactory.Blocks(from, to, osds, split));

    private async Task DeleteAsync(ManagerUnderTest kalmar, string name)
    {
        await ceph.CephAsync("tell", "mon.a", "config", "set", "mon_allow_pool_delete", "true");
        PoolId id = kalmar.Snapshot.OsdMap!.Value.FindPool(name)!.Value;
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(id, name));
        Assert.Null(kalmar.Snapshot.OsdMap!.Value.FindPool(name));
    }
}
