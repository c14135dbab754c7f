using System.Net;
using Kalmar.Wire.Auth;
using Kalmar.Wire.Messages;

namespace Kalmar.Wire.Tests.Messages;

/// <summary>One message of each type, with every field filled.</summary>
internal static class MessageSamples
{
    private static readonly Guid Fsid = new("11112222-3333-4444-5555-666677778888");
    private static readonly EntityAddressVector Addresses =
        new([new EntityAddress(EntityAddressType.Msgr2, 3, new IPEndPoint(IPAddress.Loopback, 6800))]);

    public static IReadOnlyList<IMessage> All { get; } =
    [
        new MMonMap(Bytes(9)),
        new MMonGetMap(),
        new MMonSubscribe(new Dictionary<string, SubscriptionRequest> { ["osdmap"] = new(5, false), ["mgrmap"] = new(0, true) }, "host"),
        new MMonSubscribeAck(300, Fsid),
        new MMonGetVersion(8, "osdmap"),
        new MMonGetVersionReply(8, 100, 50),
        new MMonCommand(Fsid, ["{\"prefix\":\"status\"}"], Bytes(3)),
        new MMonCommandAck(-22, "no such thing", ["{}"], Bytes(5), 13),
        new MOsdMap(
            Fsid,
            new Dictionary<Epoch, ReadOnlyMemory<byte>> { [new Epoch(4)] = Bytes(4), [new Epoch(3)] = Bytes(1) },
            new Dictionary<Epoch, ReadOnlyMemory<byte>> { [new Epoch(2)] = Bytes(6) },
            new Epoch(1),
            new Epoch(4)),
        new MMgrMap(Bytes(12)),
        new MServiceMap(Bytes(13)),
        new MFsMap(new Epoch(6), Bytes(14)),
        new MMdsMap(Fsid, new Epoch(6), Bytes(14), "cephfs"),
        new MConfig(new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }),
        new MKvData(3, "config/", true, new Dictionary<string, ReadOnlyMemory<byte>?> { ["x"] = Bytes(2), ["gone"] = null }),
        new MLog(Fsid, [Entry(1), Entry(2)], 99),
        new MLogAck(Fsid, 2, "cluster"),
        new MAuth(AuthMethod.Cephx, Bytes(20), new Epoch(3)),
        new MAuthReply(AuthMethod.Cephx, -1, 4123, Bytes(21), "words"),
        new MCommand(Fsid, ["{\"prefix\":\"perf dump\"}"], Bytes(1)),
        new MCommandReply(0, "fine", Bytes(100)),
        new MMgrCommand(Fsid, ["{\"prefix\":\"pg dump\"}"], Bytes(1)),
        new MMgrCommandReply(-2, "nothing", Bytes(10)),
        new MMgrBeacon(
            Addresses,
            4711,
            true,
            "x",
            Fsid,
            ["b", "a"],
            [new MonCommandDescription("pg dump", "shows", "pg", "r", "cli,rest", 8)],
            new Dictionary<string, string> { ["hostname"] = "h" },
            new Dictionary<string, string> { ["dashboard"] = "http://h/" },
            [
                new ModuleInfo("m", true, "", new Dictionary<string, ModuleOption>
                {
                    ["o"] = new("o", 1, 2, 3, "d", "1", "9", ["y", "x"], "desc", "long", ["t"], ["s"]),
                }),
            ],
            0x3f01cfbffffdffff,
            [Addresses],
            ["client"]),
        new MMgrDigest("{}"u8.ToArray(), "{\"status\":\"HEALTH_OK\"}"u8.ToArray()),
        new MMonMgrReport(
            new Dictionary<string, HealthCheck> { ["PG_DEGRADED"] = new(HealthCheckSeverity.Warning, "sum", ["one", "two"], 2) },
            Bytes(7),
            new Dictionary<string, ProgressEvent> { ["id"] = new("moving", 0.5f, true) },
            4711,
            Bytes(50)),
        new MMgrOpen("0", "", null, null, Bytes(8), Bytes(9)),
        new MMgrOpen(
            "gw", "rgw", new Dictionary<string, string> { ["k"] = "v" }, new Dictionary<string, string> { ["s"] = "t" }, Bytes(8), Bytes(9)),
        new MMgrConfigure(5, 5),
        new MMgrReport(
            "0",
            "",
            [new PerfCounterType("osd.op", "operations", "ops", 10, 10, 1)],
            ["osd.old"],
            Bytes(30),
            new Dictionary<string, string> { ["s"] = "t" },
            [new DaemonHealthMetric(DaemonHealthMetricType.SlowOps, (7UL << 32) | 3)],
            Bytes(4),
            new Dictionary<string, string> { ["task"] = "busy" }),
        new MMgrClose("0", "osd"),
        new MMgrUpdate("0", "rgw", new Dictionary<string, string> { ["k"] = "v" }, new Dictionary<string, string>()),
        new MPgStats(Fsid, Bytes(60)),
        new MOsdScrub2(Fsid, new Epoch(9), [new ShardedPgId(new PgId(new PoolId(2), 0x1f), ShardedPgId.NoShard)], true, false),
        new MOsdForceRecovery(Fsid, [new ShardedPgId(new PgId(new PoolId(2), 0x1f), 2)], 1),
    ];

    private static byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)i)];

    private static LogEntry Entry(ulong sequence) => new(
        new EntityName(EntityType.Osd, "1"),
        new EntityInstance(EntityType.Osd, 1),
        Addresses,
        new Utime(1_700_000_000, 5),
        sequence,
        LogLevel.Warning,
        "slow",
        "cluster");
}
