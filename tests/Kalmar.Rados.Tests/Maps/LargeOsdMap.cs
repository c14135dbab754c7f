using System.Net;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>A map of 4,000 OSDs on 200 hosts in 10 racks, 32,768 PGs, 10,000 exceptions and 3,000 temporary sets.</summary>
internal static class LargeOsdMap
{
    public const int Osds = 4000;
    private const int PerHost = 20;
    private const int Hosts = Osds / PerHost;
    private const int Racks = 10;

    public static OsdMap Make()
    {
        var random = new Random(1);
        var pool = new PoolId(1);
        OsdId Osd() => new(random.Next(Osds));
        return new OsdMap
        {
            Fsid = new Guid("0f0e0d0c-0b0a-0908-0706-050403020100"),
            Epoch = new Epoch(1000),
            Pools = ValueMap.Create(
            [
                KeyValuePair.Create(pool, new Pool { Size = 3, MinSize = 2, PgNum = 32768, PgpNum = 32768, PgNumTarget = 32768, PgpNumTarget = 32768, Flags = PoolFlags.HashPsPool }),
            ]),
            PoolNames = ValueMap.Create([KeyValuePair.Create(pool, "data")]),
            PoolMax = 1,
            MaxOsd = Osds,
            States = Each(_ => OsdState.Exists | OsdState.Up),
            Weights = Each(_ => OsdMap.FullWeight),
            ClientAddresses = Each(i => Addresses(i, 6800)),
            ClusterAddresses = Each(i => Addresses(i, 6900)),
            HeartbeatBackAddresses = Each(i => Addresses(i, 7000)),
            HeartbeatFrontAddresses = Each(i => Addresses(i, 7100)),
            Infos = Each(i => new OsdInfo(new Epoch(1), new Epoch(2), new Epoch(3), new Epoch((uint)i), default, default)),
            ExtraInfos = Each(_ => new OsdExtraInfo { Features = 0x3f01cfbdfffdffff }),
            Uuids = Each(i => new Guid(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
            Crush = Hierarchy(),
            PgTemp = ValueMap.Create(Enumerable.Range(0, 3000).Select(i => KeyValuePair.Create(new PgId(pool, (uint)i * 10), (ValueList<OsdId>)[Osd(), Osd(), Osd()]))),
            PgUpmapItems = ValueMap.Create(Enumerable.Range(0, 10000).Select(i => KeyValuePair.Create(new PgId(pool, (uint)i * 3), (ValueList<PgUpmapItem>)[new(Osd(), Osd())]))),
            RequireOsdRelease = CephRelease.Pacific,
        };
    }

    private static CrushMap Hierarchy()
    {
        var buckets = new List<CrushBucket?> { null };
        for (int host = 0; host < Hosts; host++)
        {
            buckets.Add(Bucket(-2 - host, 1, Enumerable.Range(host * PerHost, PerHost), 10 * 0x10000));
        }

        for (int rack = 0; rack < Racks; rack++)
        {
            int first = rack * (Hosts / Racks);
            buckets.Add(Bucket(-2 - Hosts - rack, 3, Enumerable.Range(first, Hosts / Racks).Select(h => -2 - h), 10 * 0x10000 * PerHost));
        }

        buckets[0] = Bucket(-1, 11, Enumerable.Range(0, Racks).Select(r => -2 - Hosts - r), 10u * 0x10000 * Osds / Racks);
        return new CrushMap
        {
            Buckets = [.. buckets],
            MaxDevices = Osds,
            Rules = [new CrushRule(0, 1, [new(CrushRuleOp.Take, -1, 0), new(CrushRuleOp.ChooseLeafFirstN, 0, 1), new(CrushRuleOp.Emit, 0, 0)])],
            TypeNames = ValueMap.Create([KeyValuePair.Create(0, "osd"), KeyValuePair.Create(1, "host"), KeyValuePair.Create(3, "rack"), KeyValuePair.Create(11, "root")]),
            ItemNames = ValueMap.Create(buckets.Select(b => KeyValuePair.Create(b!.Id, $"bucket{-b.Id}")).Concat(Enumerable.Range(0, Osds).Select(i => KeyValuePair.Create(i, $"osd.{i}")))),
        };
    }

    private static CrushBucket Bucket(int id, ushort type, IEnumerable<int> items, uint weight)
    {
        ValueList<int> all = [.. items];
        return new CrushBucket(id, type, CrushAlgorithm.Straw2, 0, weight * (uint)all.Count, all, [.. all.Select(_ => weight)]);
    }

    private static ValueList<T> Each<T>(Func<int, T> make) => [.. Enumerable.Range(0, Osds).Select(make)];

    private static EntityAddressVector Addresses(int osd, int port)
    {
        var ip = new IPAddress([10, 0, (byte)(osd / PerHost), 1]);
        int own = port + (osd % PerHost * 2);
        return new EntityAddressVector(
        [
            new EntityAddress(EntityAddressType.Msgr2, (uint)osd, new IPEndPoint(ip, own)),
            new EntityAddress(EntityAddressType.Legacy, (uint)osd, new IPEndPoint(ip, own + 1)),
        ]);
    }
}
