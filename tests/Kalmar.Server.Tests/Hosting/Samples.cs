using System.Net;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Server.Tests.Hosting;

/// <summary>Snapshots of made-up clusters, for what the server makes of them. What a real cluster says is tested end to end.</summary>
internal static class Samples
{
    public const string Fsid = "6f9e2c1a-3b4d-4e5f-8a90-112233445566";
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private const long GiB = 1L << 30;

    public static ClusterId Id { get; } = new(Guid.Parse(Fsid));

    /// <summary>Three monitors, two managers, six OSDs on three hosts, three pools, all well.</summary>
    public static ClusterSnapshot Healthy(DateTimeOffset now, string name = "ceph", ClusterId? id = null) => new()
    {
        Id = id ?? Id,
        Name = name,
        Version = 1,
        Changed = now,
        Contact = new ClusterContact(ContactState.Connected, now.AddHours(-3), now.AddSeconds(-1), "mon.a", ""),
        MonMap = new(MonMap(), new Epoch(3), now.AddHours(-3), "mon.a monmap"),
        OsdMap = new(OsdMap(6), new Epoch(42), now.AddMinutes(-7), "mon.a osdmap"),
        MgrMap = new(MgrMap(), new Epoch(9), now.AddHours(-3), "mon.a mgrmap"),
        FsMap = new(FsMap(), new Epoch(5), now.AddHours(-3), "mon.a fsmap"),
        ServiceMap = new(ServiceMap(), new Epoch(2), now.AddHours(-3), "mon.a servicemap"),
        Health = Asked(new HealthReport(HealthSeverity.Ok, []), now, "mon.a health"),
        Quorum = Asked(new QuorumStatus(12, ["a", "b", "c"], "a", TimeSpan.FromHours(5)), now, "mon.a quorum_status"),
        Pgs = Asked(Pgs(new PgStateCount("active+clean", 97)), now, "mgr.x status"),
        Io = Asked(new IoRates(12_345_678, 4_567_890, 312, 145, 0, 0, 0), now, "mgr.x status"),
        Capacity = Asked(new ClusterCapacity(6 * 10 * GiB, 37 * GiB, 23 * GiB, [new("ssd", 60 * GiB, 37 * GiB, 23 * GiB)]), now, "mgr.x df"),
        PoolUsage = Asked<IReadOnlyDictionary<PoolId, PoolUsage>>(PoolUsages(), now, "mgr.x df"),
        OsdUsage = Asked<IReadOnlyDictionary<OsdId, OsdUsage>>(OsdUsages(6), now, "mgr.x osd df"),
        Metadata = Asked<IReadOnlyDictionary<DaemonName, DaemonMetadata>>(Metadata(6), now, "mon.a metadata"),
        LastWord = Metadata(6).Keys.ToDictionary(d => d, d => now.AddSeconds(-(d.Id.Length + 1))),
    };

    /// <summary>The same with an OSD down, PGs degraded, warnings, one of them muted, and recovery under way.</summary>
    public static ClusterSnapshot Ailing(DateTimeOffset now)
    {
        ClusterSnapshot healthy = Healthy(now);
        OsdMap map = healthy.OsdMap!.Value;
        OsdState[] states = [.. map.States];
        states[4] = OsdState.Exists;
        uint[] weights = [.. map.Weights];
        weights[5] = 0;
        return healthy with
        {
            Version = 2,
            OsdMap = new(
                map with { Epoch = new Epoch(43), States = ValueList.Create<OsdState>(states), Weights = ValueList.Create<uint>(weights), Flags = OsdMapFlags.NoScrub | OsdMapFlags.SortBitwise },
                new Epoch(43), now.AddSeconds(-20), "mon.a osdmap"),
            Health = Asked(new HealthReport(HealthSeverity.Warning, [
                new("OSD_DOWN", HealthSeverity.Warning, "1 osds down", 1, ["osd.4 (root=default,host=gamma) is down"], false),
                new("PG_DEGRADED", HealthSeverity.Warning, "Degraded data redundancy: 812/4871 objects degraded (16.670%), 31 pgs degraded", 31,
                    ["pg 1.3 is active+undersized+degraded, acting [0,2]", "pg 1.7 is active+undersized+degraded, acting [1,3]"], false),
                new("MON_CLOCK_SKEW", HealthSeverity.Warning, "clock skew detected on mon.c", 1, ["mon.c clock skew 0.31s > max 0.05s (latency 0.001s)"], false),
                new("OSDMAP_FLAGS", HealthSeverity.Warning, "noscrub flag(s) set", 1, [], true),
            ]), now, "mon.a health"),
            Quorum = Asked(new QuorumStatus(14, ["a", "c"], "a", TimeSpan.FromMinutes(3)), now, "mon.a quorum_status"),
            Pgs = Asked(
                Pgs(new("active+clean", 60), new("active+undersized+degraded", 31), new("active+remapped+backfilling", 4), new("down", 2)) with
                {
                    DegradedObjects = 812,
                    MisplacedObjects = 96,
                    UnfoundObjects = 1,
                },
                now, "mgr.x status"),
            Io = Asked(new IoRates(2_345_678, 967_890, 62, 15, 45_000_000, 11, 0), now, "mgr.x status"),
        };
    }

    /// <summary>A snapshot from before all monitors went away.</summary>
    public static ClusterSnapshot QuorumLost(DateTimeOffset now) => Ailing(now.AddSeconds(-42)) with
    {
        Version = 3,
        Contact = new ClusterContact(ContactState.QuorumLost, now.AddSeconds(-30), now.AddSeconds(-42), null, "No monitor answers: start a majority of mon.a, mon.b, mon.c."),
    };

    /// <summary>A cluster that never answered.</summary>
    public static ClusterSnapshot Refused(DateTimeOffset now, string name = "other") => new()
    {
        Id = null,
        Name = name,
        Changed = now,
        Contact = new ClusterContact(ContactState.Refused, now.AddSeconds(-5), null, null, "The key of client.kalmar is wrong: give the right keyring."),
    };

    public static Part<T> Asked<T>(T value, DateTimeOffset now, string source) => new(value, null, now.AddSeconds(-2), source, TimeSpan.FromSeconds(15));

    /// <summary>A map of OSDs, two on each host, all up and in; and three pools.</summary>
    public static OsdMap OsdMap(int osds, string poolName = "rbd")
    {
        int hosts = (osds + 1) / 2;
        string[] hostNames = ["alpha", "beta", "gamma"];
        List<CrushBucket?> buckets = [Bucket(-1, 11, [.. Enumerable.Range(0, hosts).Select(h => -2 - h)], 2 * 0x10000)];
        Dictionary<int, string> names = new() { [-1] = "default" };
        for (int h = 0; h < hosts; h++)
        {
            buckets.Add(Bucket(-2 - h, 1, [.. Enumerable.Range(h * 2, Math.Min(2, osds - (h * 2)))], 0x8000));
            names[-2 - h] = h < hostNames.Length ? hostNames[h] : $"host{h}";
        }

        Dictionary<int, int> classes = [];
        for (int i = 0; i < osds; i++)
        {
            names[i] = $"osd.{i}";
            classes[i] = 0;
        }

        return Kalmar.Rados.Maps.OsdMap.Empty with
        {
            Epoch = new Epoch(42),
            MaxOsd = osds,
            States = All(osds, _ => OsdState.Exists | OsdState.Up),
            Weights = All(osds, _ => Kalmar.Rados.Maps.OsdMap.FullWeight),
            ClientAddresses = All(osds, i => Address(6800 + (i * 2))),
            ClusterAddresses = All(osds, i => Address(6801 + (i * 2))),
            HeartbeatBackAddresses = All(osds, _ => EntityAddressVector.Empty),
            HeartbeatFrontAddresses = All(osds, _ => EntityAddressVector.Empty),
            Flags = OsdMapFlags.SortBitwise | OsdMapFlags.RecoveryDeletes,
            Crush = CrushMap.Empty with
            {
                Buckets = ValueList.Create<CrushBucket?>(buckets.ToArray()),
                MaxDevices = osds,
                TypeNames = ValueMap.Create(new Dictionary<int, string> { [0] = "osd", [1] = "host", [11] = "root" }),
                ItemNames = ValueMap.Create(names),
                RuleNames = ValueMap.Create(new Dictionary<int, string> { [0] = "replicated_rule" }),
                ClassOf = ValueMap.Create(classes),
                ClassNames = ValueMap.Create(new Dictionary<int, string> { [0] = "ssd" }),
            },
            Pools = ValueMap.Create(new Dictionary<PoolId, Pool>
            {
                [new(1)] = Pool(32, ".mgr", "mgr"),
                [new(2)] = Pool(32, poolName, "rbd") with { QuotaMaxBytes = (ulong)(20 * GiB) },
                [new(3)] = Pool(32, "archive", "rgw") with { Type = PoolType.Erasure, Size = 6, MinSize = 5, ErasureCodeProfile = "k4m2", PgNumTarget = 64 },
            }),
            PoolNames = ValueMap.Create(new Dictionary<PoolId, string> { [new(1)] = ".mgr", [new(2)] = poolName, [new(3)] = "archive" }),
        };
    }

    private static Pool Pool(uint pgs, string name, string application) => new()
    {
        Size = 3,
        MinSize = 2,
        PgNum = pgs,
        PgNumTarget = pgs,
        Applications = ValueMap.Create(new Dictionary<string, ValueMap<string, string>> { [application] = ValueMap<string, string>.Empty }),
    };

    private static CrushBucket Bucket(int id, ushort type, int[] items, uint weight) => new(
        id, type, CrushAlgorithm.Straw2, 0, weight * (uint)items.Length, ValueList.Create<int>(items), All(items.Length, _ => weight));

    private static ValueList<T> All<T>(int count, Func<int, T> one) => ValueList.Create<T>([.. Enumerable.Range(0, count).Select(one)]);

    private static EntityAddressVector Address(int port) =>
        new([new EntityAddress(EntityAddressType.Msgr2, 1, new IPEndPoint(IPAddress.Parse("192.0.2.10"), port))]);

    private static MonMap MonMap() => new()
    {
        Epoch = new Epoch(3),
        Monitors = ValueMap.Create(new Dictionary<string, MonInfo> { ["a"] = Mon("a", 1), ["b"] = Mon("b", 2), ["c"] = Mon("c", 3) }),
        Ranks = ValueList.Create<string>(["a", "b", "c"]),
    };

    private static MonInfo Mon(string name, byte host) => new()
    {
        Name = name,
        Addresses = new([new EntityAddress(EntityAddressType.Msgr2, 0, new IPEndPoint(new IPAddress([192, 0, 2, host]), 3300))]),
    };

    private static MgrMap MgrMap() => new()
    {
        Epoch = new Epoch(9),
        ActiveGid = 4711,
        ActiveName = "x",
        IsAvailable = true,
        ActiveAddresses = Address(6790),
        Standbys = ValueMap.Create(new Dictionary<ulong, MgrStandby> { [4712] = new(4712, "y", [], 0) }),
        Services = ValueMap.Create(new Dictionary<string, string> { ["prometheus"] = "http://192.0.2.10:9283/" }),
    };

    private static FsMap FsMap() => new()
    {
        Epoch = new Epoch(5),
        FileSystems = ValueList.Create<CephFileSystem>([new CephFileSystem
        {
            MdsMap = new MdsMap
            {
                Name = "home",
                MaxMds = 1,
                Enabled = true,
                Daemons = ValueMap.Create(new Dictionary<ulong, MdsInfo> { [77] = new() { GlobalId = 77, Name = "m", Rank = 0, State = MdsState.Active, Addresses = Address(6900) } }),
            },
        }]),
        Standbys = ValueMap.Create(new Dictionary<ulong, MdsInfo> { [78] = new() { GlobalId = 78, Name = "n", Addresses = Address(6902) } }),
    };

    private static ServiceMap ServiceMap() => new(new Epoch(2), default, ValueMap.Create(new Dictionary<string, ServiceEntry>
    {
        ["rgw"] = new(ValueMap.Create(new Dictionary<string, ServiceDaemon>
        {
            ["gw1"] = new() { Metadata = ValueMap.Create(new Dictionary<string, string> { ["hostname"] = "edge", ["ceph_version_short"] = "16.2.15" }) },
        }), ""),
    }));

    private static PgSummary Pgs(params PgStateCount[] states) =>
        new(states, states.Sum(s => s.Count), 3, 1623, 7 * GiB, 0, 0, 0, 4871);

    private static Dictionary<PoolId, PoolUsage> PoolUsages() => new()
    {
        [new(1)] = new(new(1), 1 << 20, 3 << 20, 2, 0.0001, 12 * GiB, 0, 0),
        [new(2)] = new(new(2), 6 * GiB, 18 * GiB, 1531, 0.33, 12 * GiB, 20 * GiB, 0),
        [new(3)] = new(new(3), 1 * GiB, GiB * 3 / 2, 90, 0.04, 24 * GiB, 0, 0),
    };

    private static Dictionary<OsdId, OsdUsage> OsdUsages(int osds) => Enumerable.Range(0, osds).ToDictionary(
        i => new OsdId(i),
        i => new OsdUsage(new(i), 10 * GiB, (2 + i) * GiB * 13 / 10, (8 - i) * GiB, 40 + (i * 3), TimeSpan.FromMilliseconds(2 + i), TimeSpan.FromMilliseconds(2), 7));

    private static Dictionary<DaemonName, DaemonMetadata> Metadata(int osds)
    {
        IEnumerable<DaemonName> daemons =
        [
            new("mon", "a"), new("mon", "b"), new("mon", "c"), new("mgr", "x"), new("mgr", "y"), new("mds", "m"),
            .. Enumerable.Range(0, osds).Select(i => DaemonName.Of(new OsdId(i))),
        ];
        return daemons.ToDictionary(d => d, d => new DaemonMetadata(d, "alpha", "16.2.15", "pacific", new Dictionary<string, string>()));
    }
}
