using System.Text.Json;
using Kalmar.Manager.Requests;
using Kalmar.Manager.Requests.Factories;
using Kalmar.Rados.Maps;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Manager.Tests.Requests;

/// <summary>What operators ask for seldom, run for real; Ceph's own answers are the judge.</summary>
public sealed class AdministrationRequestTests(FileSystemClusterFixture ceph) : IClassFixture<FileSystemClusterFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cache_tier_is_put_before_a_pool_switched_and_taken_away_only_without_loss()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        PoolId cold = await MakePoolAsync(kalmar, "cold");
        PoolId hot = await MakePoolAsync(kalmar, "hot");
        CacheTierRequestFactory Tiers() => new(kalmar.Snapshot);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Tiers().Add(cold, cold, "writeback")).Reason);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Tiers().Add(cold, hot, "sideways")).Reason);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Tiers().Add(cold, new PoolId(999), "writeback")).Reason);
        Assert.Equal(RefusalReason.Conflict, Refusal(() => Tiers().SetMode(hot, "proxy")).Reason);
        Assert.Equal(RefusalReason.Conflict, Refusal(() => Tiers().Remove(cold, hot)).Reason);

        await kalmar.SucceedAsync(Tiers().Add(cold, hot, "writeback"));
        Assert.Equal(hot, kalmar.Snapshot.OsdMap!.Value.Pools[cold].WriteTier);
        using (JsonDocument dump = await AskAsync("osd", "dump"))
        {
            JsonElement cache = Named(dump.RootElement.GetProperty("pools"), "pool_name", "hot");
            JsonElement pool = Named(dump.RootElement.GetProperty("pools"), "pool_name", "cold");
            Assert.Equal((cold.Value, "writeback"), (cache.GetProperty("tier_of").GetInt64(), cache.GetProperty("cache_mode").GetString()));
            Assert.Equal((hot.Value, hot.Value), (pool.GetProperty("read_tier").GetInt64(), pool.GetProperty("write_tier").GetInt64()));
        }

        Assert.Equal(RefusalReason.Conflict, Refusal(() => Tiers().Add(cold, hot, "writeback")).Reason);
        Assert.Equal(RefusalReason.Conflict, Refusal(() => new PoolRequestFactory(kalmar.Snapshot).Delete(hot)).Reason);

        // The object is in the cache alone: taking the cache away now would lose it.
        Assert.Contains("flush", Refusal(() => Tiers().Remove(cold, hot)).Message, StringComparison.Ordinal);
        await RadosAsync("-p", "cold", "put", "thing", "/etc/hostname");
        await kalmar.SucceedAsync(Tiers().SetMode(hot, "proxy"));
        await RadosAsync("-p", "hot", "cache-flush-evict-all");
        await kalmar.SucceedAsync(Tiers().Remove(cold, hot));
        using (JsonDocument dump = await AskAsync("osd", "dump"))
        {
            Assert.Equal(-1, Named(dump.RootElement.GetProperty("pools"), "pool_name", "hot").GetProperty("tier_of").GetInt64());
            Assert.Equal(-1, Named(dump.RootElement.GetProperty("pools"), "pool_name", "cold").GetProperty("read_tier").GetInt64());
        }

        Assert.Equal("thing", (await RadosAsync("-p", "cold", "ls")).Trim());
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(hot));
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(cold));
    }

    [Fact]
    public async Task Erasure_profile_is_made_used_and_removed_only_when_unused()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        ErasureProfileRequestFactory Profiles() => new(kalmar.Snapshot);
        var values = new Dictionary<string, string> { ["k"] = "2", ["m"] = "1", ["crush-failure-domain"] = "osd" };
        await kalmar.SucceedAsync(Profiles().Set("small", values));
        using (JsonDocument profile = await AskAsync("osd", "erasure-code-profile", "get", "small"))
        {
            Assert.Equal(("2", "1", "osd"), (Text(profile, "k"), Text(profile, "m"), Text(profile, "crush-failure-domain")));
        }

        Assert.Equal(RefusalReason.Conflict, Refusal(() => Profiles().Set("small", values)).Reason);
        await kalmar.SucceedAsync(Profiles().Set("small", new Dictionary<string, string>(values) { ["stripe_unit"] = "8192" }, force: true));
        Assert.Contains("8192", await ceph.CephAsync("osd", "erasure-code-profile", "get", "small"), StringComparison.Ordinal);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Profiles().Set("other", new Dictionary<string, string> { ["k"] = "2 3" })).Reason);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Profiles().Remove("other")).Reason);
        UserRequest bad = await kalmar.RunAsync(Profiles().Set("other", new Dictionary<string, string> { ["plugin"] = "nonsense" }));
        Assert.Contains("nonsense", bad.ErrorMessage, StringComparison.Ordinal);

        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Create(
            new PoolSpec { Name = "coded", PgNum = 4, IsErasure = true, ErasureCodeProfile = "small", Application = "rbd", Settings = new Dictionary<string, string> { ["allow_ec_overwrites"] = "true" } }));
        using (JsonDocument pools = await AskAsync("osd", "pool", "ls", "detail"))
        {
            JsonElement pool = Named(pools.RootElement, "pool_name", "coded");
            Assert.Equal(("small", 3), (pool.GetProperty("erasure_code_profile").GetString(), pool.GetProperty("size").GetInt32()));
            Assert.Contains("ec_overwrites", pool.GetProperty("flags_names").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(RefusalReason.Conflict, Refusal(() => Profiles().Remove("small")).Reason);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(kalmar.Snapshot.OsdMap!.Value.FindPool("coded")!.Value));
        await kalmar.SucceedAsync(Profiles().Remove("small"));
        Assert.DoesNotContain("small", await ceph.CephAsync("osd", "erasure-code-profile", "ls"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_system_is_made_changed_failed_and_removed()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        PoolId metadata = await MakePoolAsync(kalmar, "home_meta");
        PoolId data = await MakePoolAsync(kalmar, "home_data");
        PoolId more = await MakePoolAsync(kalmar, "home_more");
        FileSystemRequestFactory Systems() => new(kalmar.Snapshot);
        Assert.Equal(RefusalReason.Conflict, Refusal(() => Systems().Create("cephfs", metadata, data)).Reason);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Systems().Remove("home")).Reason);
        await kalmar.SucceedAsync(Systems().Create("home", metadata, data));
        await kalmar.SucceedAsync(Systems().SetDataPool("home", more, remove: false));
        await kalmar.SucceedAsync(Systems().Set("home", "max_file_size", "2199023255552"));
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Systems().Set("home", "colour", "red")).Reason);
        Assert.Contains("errno", (await kalmar.RunAsync(Systems().Set("home", "max_mds", "many"))).ErrorMessage, StringComparison.Ordinal);
        using (JsonDocument got = await AskAsync("fs", "get", "home"))
        {
            JsonElement map = got.RootElement.GetProperty("mdsmap");
            Assert.Equal(2199023255552, map.GetProperty("max_file_size").GetInt64());
            Assert.Equal([data.Value, more.Value], map.GetProperty("data_pools").EnumerateArray().Select(p => p.GetInt64()));
            Assert.Equal(metadata.Value, map.GetProperty("metadata_pool").GetInt64());
        }

        await kalmar.SucceedAsync(Systems().SetDataPool("home", more, remove: true));
        Assert.Equal([data.Value], kalmar.Snapshot.FsMap!.Value.FileSystems.Single(f => f.Name == "home").MdsMap.DataPools);
        await kalmar.SucceedAsync(Systems().Fail("home"));
        await kalmar.SucceedAsync(Systems().Remove("home"));
        using (JsonDocument list = await AskAsync("fs", "ls"))
        {
            Assert.Equal(["cephfs"], list.RootElement.EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        }

        foreach (PoolId pool in new[] { metadata, data, more })
        {
            await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(pool));
        }
    }

    [Fact]
    public async Task Metadata_server_is_failed_only_by_force_when_nobody_stands_by()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        FileSystemRequestFactory Systems() => new(kalmar.Snapshot);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Systems().FailMds("nobody")).Reason);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Systems().FailMds("cephfs:7")).Reason);
        await Eventually.TrueAsync("mds.a is active", () => Task.FromResult(kalmar.Snapshot.FsMap!.Value.Daemons.Any(d => d is { Name: "a", State: MdsState.Active })));
        ulong before = kalmar.Snapshot.FsMap!.Value.Daemons.Single(d => d.Name == "a").GlobalId;
        Assert.Equal(RefusalReason.Unsafe, (await RefusedAsync(kalmar, Systems().FailMds("cephfs:0"))).Reason);
        await kalmar.SucceedAsync(Systems().FailMds("cephfs:0"), force: true);
        Assert.DoesNotContain(kalmar.Snapshot.FsMap!.Value.Daemons, d => d.GlobalId == before);
        await Eventually.TrueAsync("mds.a is active again", async () =>
        {
            using JsonDocument dump = await AskAsync("fs", "dump");
            return dump.RootElement.GetProperty("filesystems")[0].GetProperty("mdsmap").GetProperty("info").EnumerateObject()
                .Any(d => d.Value.GetProperty("gid").GetUInt64() != before && d.Value.GetProperty("state").GetString() == "up:active");
        });

        await kalmar.SucceedAsync(Systems().Subvolume("create", "cephfs", "box", new Dictionary<string, string> { ["size"] = "1048576" }));
        await kalmar.SucceedAsync(Systems().Subvolume("resize", "cephfs", "box", new Dictionary<string, string> { ["new_size"] = "2097152" }));
        await kalmar.SucceedAsync(Systems().Subvolume("snapshot create", "cephfs", "box", new Dictionary<string, string> { ["snap_name"] = "first" }));
        using (JsonDocument info = await AskAsync("fs", "subvolume", "info", "cephfs", "box"))
        {
            Assert.Equal(2097152, info.RootElement.GetProperty("bytes_quota").GetInt64());
        }

        Assert.Contains("first", await ceph.CephAsync("fs", "subvolume", "snapshot", "ls", "cephfs", "box"), StringComparison.Ordinal);
        Assert.Contains("snapshots", (await kalmar.RunAsync(Systems().Subvolume("rm", "cephfs", "box"))).ErrorMessage, StringComparison.Ordinal);
        await kalmar.SucceedAsync(Systems().Subvolume("snapshot rm", "cephfs", "box", new Dictionary<string, string> { ["snap_name"] = "first" }));
        await kalmar.SucceedAsync(Systems().Subvolume("rm", "cephfs", "box"));
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Systems().Subvolume("create", "cephfs", "box", new Dictionary<string, string> { ["size"] = "big" })).Reason);
    }

    [Fact]
    public async Task Rbd_image_is_removed_in_the_background_and_a_schedule_is_kept()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        PoolId pool = await MakePoolAsync(kalmar, "disks");
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).SetApplication(pool, "rbd", true));
        ModuleRequestFactory Modules() => new(kalmar.Snapshot);
        await RealTool.RunAsync("rbd", "-c", (await ceph.GetAsync()).ConfPath, "create", "disks/one", "--size", "4M");
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Modules().AddRbdTask("remove", "one")).Reason);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Modules().AddRbdTask("shred", "disks/one")).Reason);
        Assert.True((await kalmar.RunAsync(Modules().AddRbdTask("flatten", "disks/none"))).Error);
        Assert.Contains("errno 2", (await kalmar.RunAsync(Modules().CancelRbdTask(Guid.Empty.ToString()))).ErrorMessage, StringComparison.Ordinal);
        await kalmar.SucceedAsync(Modules().AddRbdTask("remove", "disks/one"));
        await Eventually.TrueAsync("the image is gone", async () => (await RealTool.RunAsync("rbd", "-c", (await ceph.GetAsync()).ConfPath, "ls", "disks")).Trim().Length == 0);

        await kalmar.SucceedAsync(Modules().SetRbdSchedule("trash purge", "disks", "1d", remove: false));
        Assert.Contains("1d", await ceph.CephAsync("rbd", "trash", "purge", "schedule", "list", "disks/"), StringComparison.Ordinal);
        await kalmar.SucceedAsync(Modules().SetRbdSchedule("trash purge", "disks", "1d", remove: true));
        Assert.DoesNotContain("1d", await ceph.CephAsync("rbd", "trash", "purge", "schedule", "list", "disks/"), StringComparison.Ordinal);
        Assert.True((await kalmar.RunAsync(Modules().SetRbdSchedule("trash purge", "disks", "sometimes", remove: false))).Error);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(pool));
    }

    [Fact]
    public async Task Crash_reports_are_archived_removed_and_pruned()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        ModuleRequestFactory Modules() => new(kalmar.Snapshot);
        string first = await PostCrashAsync("2026-01-02T03:04:05.000001Z_00000000-0000-0000-0000-000000000001");
        string second = await PostCrashAsync("2026-01-02T03:04:06.000001Z_00000000-0000-0000-0000-000000000002");
        await kalmar.SucceedAsync(Modules().ArchiveCrash(first));
        Assert.Equal([second], await CrashesAsync("ls-new"));
        await kalmar.SucceedAsync(Modules().ArchiveCrash(null));
        Assert.Empty(await CrashesAsync("ls-new"));
        await kalmar.SucceedAsync(Modules().RemoveCrash(first));
        Assert.Equal([second], await CrashesAsync("ls"));
        Assert.Contains("not found", (await kalmar.RunAsync(Modules().ArchiveCrash("nonsense"))).ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Modules().PruneCrashes(-1)).Reason);
        await kalmar.SucceedAsync(Modules().PruneCrashes(10));
        Assert.Empty(await CrashesAsync("ls"));
    }

    [Fact]
    public async Task Devices_are_watched_and_their_expected_life_is_noted()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        ModuleRequestFactory Modules() => new(kalmar.Snapshot);
        await kalmar.SucceedAsync(Modules().SetDeviceMonitoring(false));
        Assert.Equal("false", (await ceph.CephAsync("config", "get", "mgr", "mgr/devicehealth/enable_monitoring")).Trim());
        await kalmar.SucceedAsync(Modules().SetDeviceMonitoring(true));
        Assert.Equal("true", (await ceph.CephAsync("config", "get", "mgr", "mgr/devicehealth/enable_monitoring")).Trim());
        await kalmar.SucceedAsync(Modules().SetDeviceLifeExpectancy("Maker_Model_1", "2027-01-01", "2027-06-01"));
        Assert.Contains("2027-01-01", await ceph.CephAsync("config-key", "get", "device/Maker_Model_1"), StringComparison.Ordinal);
        await kalmar.SucceedAsync(Modules().SetDeviceLifeExpectancy("Maker_Model_1", null, null));
        Assert.DoesNotContain("2027-01-01", await ceph.CephAsync("config-key", "dump", "device/"), StringComparison.Ordinal);
        Assert.True((await kalmar.RunAsync(Modules().SetDeviceLifeExpectancy("Maker_Model_1", "soon", "later"))).Error);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Modules().SetDeviceLight("Maker_Model_1", "disco", true)).Reason);
        Assert.True((await kalmar.RunAsync(Modules().SetDeviceLight("Maker_Model_1", "ident", true))).Error);

        await kalmar.SucceedAsync(Modules().SetBalancer(false, "crush-compat"));
        using (JsonDocument status = await AskAsync("balancer", "status"))
        {
            Assert.Equal((false, "crush-compat"), (status.RootElement.GetProperty("active").GetBoolean(), Text(status, "mode")));
        }

        await kalmar.SucceedAsync(Modules().SetBalancer(true, "upmap"));
        using JsonDocument on = await AskAsync("balancer", "status");
        Assert.Equal((true, "upmap"), (on.RootElement.GetProperty("active").GetBoolean(), Text(on, "mode")));
    }

    [Fact]
    public async Task Monitor_is_added_and_removed_and_managers_step_down()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        MonitorRequestFactory Monitors() => new(kalmar.Snapshot);
        Assert.Equal(RefusalReason.Conflict, Refusal(() => Monitors().Add("a", "127.0.0.1")).Reason);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Monitors().Remove("z")).Reason);
        RequestPlan add = Monitors().Add("d", $"127.0.0.1:{FreePorts.Take()}");
        Assert.Equal(("mon ok-to-add-offline", true), (await kalmar.Requests.DryRunAsync(kalmar.Id, add, Token)).Safety.Select(a => (a.Question, a.IsSafe)).Single());
        await kalmar.SucceedAsync(add);
        Assert.Contains("d", await MonitorsAsync());
        Assert.Contains("d", kalmar.Snapshot.MonMap!.Value.Monitors.Keys);

        // Three of four run: one more that is missing, and nobody is left to decide.
        DryRun stop = await kalmar.Requests.DryRunAsync(kalmar.Id, Monitors().AskStop("b"), Token);
        Assert.False(Assert.Single(stop.Safety).IsSafe);
        await kalmar.SucceedAsync(Monitors().Remove("d"));
        Assert.Equal(["a", "b", "c"], await MonitorsAsync());
        await kalmar.SucceedAsync(Monitors().SetElectionStrategy("connectivity"));
        Assert.Equal(MonElectionStrategy.Connectivity, kalmar.Snapshot.MonMap!.Value.Strategy);
        await kalmar.SucceedAsync(Monitors().SetElectionStrategy("classic"));

        string active = kalmar.Snapshot.MgrMap!.Value.ActiveName;
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Monitors().FailManager("nobody")).Reason);
        await kalmar.SucceedAsync(Monitors().FailManager(active));
        Assert.NotEqual(active, kalmar.Snapshot.MgrMap!.Value.ActiveName);
        await Eventually.TrueAsync("another manager is active", async () =>
        {
            using JsonDocument dump = await AskAsync("mgr", "dump");
            return dump.RootElement.GetProperty("available").GetBoolean() && dump.RootElement.GetProperty("active_name").GetString() != active;
        });
        Assert.Contains(Monitors().FailManager(null).Touches, t => t == "mgr.(active)");
    }

    [Fact]
    public async Task Request_to_the_manager_waits_while_managers_follow_one_another_and_is_sent_once()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        PoolId pool = await MakePoolAsync(kalmar, "between");
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).SetApplication(pool, "rbd", true));
        string conf = (await ceph.GetAsync()).ConfPath;
        for (int round = 0; round < 2; round++)
        {
            await RealTool.RunAsync("rbd", "-c", conf, "create", $"between/{round}", "--size", "4M");
            await ceph.CephAsync("mgr", "fail");
            await ceph.CephAsync("mgr", "fail");

            // This one is never sent twice, and nobody is there to take it.
            UserRequest ended = await kalmar.SucceedAsync(new ModuleRequestFactory(kalmar.Snapshot).AddRbdTask("remove", $"between/{round}"));
            TestContext.Current.TestOutputHelper!.WriteLine($"round {round}: complete after {(ended.CompletedAt - ended.RequestedAt)!.Value.TotalSeconds:0.0} s");
            await Eventually.TrueAsync("the image is gone", async () => (await RealTool.RunAsync("rbd", "-c", conf, "ls", "between")).Trim().Length == 0);
        }

        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(pool));
    }

    [Fact]
    public async Task Manager_module_is_switched_and_a_health_check_muted()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        MonitorRequestFactory Monitors() => new(kalmar.Snapshot);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Monitors().SetModule("no_such_module", true)).Reason);
        Assert.Equal(RefusalReason.Conflict, Refusal(() => Monitors().SetModule("crash", false)).Reason);
        await kalmar.SucceedAsync(Monitors().SetModule("alerts", true));
        Assert.Contains("alerts", kalmar.Snapshot.MgrMap!.Value.EnabledModules);
        using (JsonDocument list = await AskAsync("mgr", "module", "ls"))
        {
            Assert.Contains("alerts", list.RootElement.GetProperty("enabled_modules").EnumerateArray().Select(m => m.GetString()));
        }

        await kalmar.SucceedAsync(Monitors().SetModule("alerts", false));
        Assert.DoesNotContain("alerts", kalmar.Snapshot.MgrMap!.Value.EnabledModules);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Monitors().MuteHealth("osd down", null, false)).Reason);
        await kalmar.SucceedAsync(Monitors().MuteHealth("OSD_DOWN", "1h", sticky: true));
        using (JsonDocument health = await AskAsync("health"))
        {
            Assert.Equal("OSD_DOWN", Assert.Single(health.RootElement.GetProperty("mutes").EnumerateArray()).GetProperty("code").GetString());
        }

        await kalmar.SucceedAsync(Monitors().UnmuteHealth("OSD_DOWN"));
        using JsonDocument after = await AskAsync("health");
        Assert.Empty(after.RootElement.GetProperty("mutes").EnumerateArray());
    }

    [Fact]
    public async Task Osd_is_marked_down_and_one_that_died_is_declared_lost_only_by_force()
    {
        await using ManagerUnderTest kalmar = await StartAsync();
        OsdRequestFactory Osds() => new(kalmar.Snapshot);
        var id = new OsdId(2);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Create(new PoolSpec { Name = "precious", PgNum = 8, Size = 3 }));
        Assert.Equal(RefusalReason.Conflict, Refusal(() => Osds().Lost(id)).Reason);
        Assert.Equal(RefusalReason.NotFound, Refusal(() => Osds().Down(new OsdId(99))).Reason);
        uint upFrom = kalmar.Snapshot.OsdMap!.Value.Infos[2].UpFrom.Value;
        await kalmar.SucceedAsync(Osds().Down(id), force: true);
        Assert.True(kalmar.Snapshot.OsdMap!.Value.Infos[2].DownAt.Value > upFrom);
        await Eventually.TrueAsync("osd.2 is up again", async () =>
        {
            using JsonDocument dump = await AskAsync("osd", "dump");
            JsonElement osd = dump.RootElement.GetProperty("osds")[2];
            return osd.GetProperty("up").GetInt32() == 1 && osd.GetProperty("up_from").GetUInt32() > upFrom;
        });

        Sandbox.SandboxCluster sandbox = await ceph.GetAsync();
        await sandbox.KillAsync("osd.2", Token);
        await kalmar.Monitor.WaitForAsync(s => !s.OsdMap!.Value.IsUp(id), Token);
        Assert.Equal(RefusalReason.Invalid, Refusal(() => Osds().Update(id, true, null, null)).Reason);
        Assert.Equal(RefusalReason.Unsafe, (await RefusedAsync(kalmar, Osds().Lost(id))).Reason);
        await kalmar.SucceedAsync(Osds().Lost(id), force: true);
        using (JsonDocument dump = await AskAsync("osd", "dump"))
        {
            JsonElement osd = dump.RootElement.GetProperty("osds")[2];
            Assert.True(osd.GetProperty("lost_at").GetUInt32() > 0);
            Assert.Equal(osd.GetProperty("lost_at").GetUInt32(), kalmar.Snapshot.OsdMap!.Value.Infos[2].LostAt.Value);
        }

        await sandbox.ReviveAsync("osd.2", Token);
        await kalmar.Monitor.WaitForAsync(s => s.OsdMap!.Value.IsUp(id), Token);
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Delete(kalmar.Snapshot.OsdMap!.Value.FindPool("precious")!.Value));
    }

    private async Task<ManagerUnderTest> StartAsync()
    {
        ManagerUnderTest kalmar = await ManagerUnderTest.StartAsync(await ceph.GetAsync());
        await kalmar.Monitor.WaitForAsync(s => s.FsMap is not null, Token);
        return kalmar;
    }

    private static async Task<PoolId> MakePoolAsync(ManagerUnderTest kalmar, string name)
    {
        await kalmar.SucceedAsync(new PoolRequestFactory(kalmar.Snapshot).Create(new PoolSpec { Name = name, PgNum = 2, Size = 2 }));
        return kalmar.Snapshot.OsdMap!.Value.FindPool(name)!.Value;
    }

    private static RequestRefusedException Refusal(Func<RequestPlan> make) => Assert.Throws<RequestRefusedException>(() => { make(); });

    private static Task<RequestRefusedException> RefusedAsync(ManagerUnderTest kalmar, RequestPlan plan) =>
        Assert.ThrowsAsync<RequestRefusedException>(() => kalmar.Requests.SubmitAsync(kalmar.Id, plan, ManagerUnderTest.Ada, false, Token));

    private async Task<JsonDocument> AskAsync(params IReadOnlyList<string> command) => JsonDocument.Parse(await ceph.CephAsync([.. command, "-f", "json"]));

    private async Task<string> RadosAsync(params IReadOnlyList<string> arguments) =>
        await RealTool.RunAsync("rados", ["-c", (await ceph.GetAsync()).ConfPath, .. arguments]);

    private async Task<string> PostCrashAsync(string id)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("meta.json");
        await File.WriteAllTextAsync(
            file,
            $$"""{"crash_id":"{{id}}","timestamp":"{{id[..27]}}","process_name":"ceph-osd","entity_name":"osd.0","ceph_version":"16.2.15","backtrace":["one","two"]}""",
            Token);
        await ceph.CephAsync("crash", "post", "-i", file);
        return id;
    }

    private async Task<List<string>> CrashesAsync(string list)
    {
        using JsonDocument answer = await AskAsync("crash", list);
        return [.. answer.RootElement.EnumerateArray().Select(c => c.GetProperty("crash_id").GetString()!)];
    }

    private async Task<List<string>> MonitorsAsync()
    {
        using JsonDocument dump = await AskAsync("mon", "dump");
        return [.. dump.RootElement.GetProperty("mons").EnumerateArray().Select(m => m.GetProperty("name").GetString()!)];
    }

    private static JsonElement Named(JsonElement list, string field, string name) => list.EnumerateArray().Single(e => e.GetProperty(field).GetString() == name);

    private static string? Text(JsonDocument document, string field) => document.RootElement.GetProperty(field).GetString();
}
