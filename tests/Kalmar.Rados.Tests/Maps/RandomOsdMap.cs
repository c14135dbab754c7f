using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Tests.Crush;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

/// <summary>OSD maps made from a seed: odd pools, OSDs that are down, out or missing, and exceptions of all kinds.</summary>
internal static class RandomOsdMap
{
    public static async Task<OsdMap> MakeAsync(int seed, TemporaryFolder folder)
    {
        var random = new Random(seed);
        var text = new RandomCrushText(seed, straw2Only: true, modernTunables: random.Next(2) == 0);
        await File.WriteAllTextAsync(folder.File("crush.txt"), text.ToString(), TestContext.Current.CancellationToken);
        await RealTool.RunAsync("crushtool", "-c", folder.File("crush.txt"), "-o", folder.File("crush"), "--enable-unsafe-tunables");
        byte[] crushBytes = await File.ReadAllBytesAsync(folder.File("crush"), TestContext.Current.CancellationToken);
        CrushMap crush = EncodingCheck.Decode<CrushMap>(crushBytes, "crush");
        int devices = text.Devices;
        ValueMap<PoolId, Pool> pools = Pools(random, crush);
        PgId[] pgs = [.. pools.SelectMany(p => Enumerable.Range(0, (int)p.Value.PgNum).Select(s => new PgId(p.Key, (uint)s)))];
        return new OsdMap
        {
            Fsid = new Guid("0f0e0d0c-0b0a-0908-0706-050403020100"),
            Epoch = new Epoch(7),
            Created = new Utime(1_700_000_000, 5),
            Modified = new Utime(1_700_000_100, 6),
            Pools = pools,
            PoolNames = ValueMap.Create(pools.Select(p => KeyValuePair.Create(p.Key, $"pool{p.Key}"))),
            PoolMax = 9,
            Flags = OsdMapFlags.SortBitwise | OsdMapFlags.RecoveryDeletes | OsdMapFlags.PurgedSnapDirs,
            MaxOsd = devices,
            States = Each(devices, () => random.Next(8) switch { 0 => OsdState.None, 1 => OsdState.Exists, _ => OsdState.Exists | OsdState.Up }),
            Weights = Each(devices, () => random.Next(5) switch { 0 => 0u, 1 => (uint)random.Next(0x10000), _ => OsdMap.FullWeight }),
            PrimaryAffinities = random.Next(2) == 0 ? [] : Each(devices, () => random.Next(3) == 0 ? OsdMap.FullWeight : (uint)random.Next(0x10000)),
            ClientAddresses = Each(devices, () => EntityAddressVector.Empty),
            ClusterAddresses = Each(devices, () => EntityAddressVector.Empty),
            HeartbeatBackAddresses = Each(devices, () => EntityAddressVector.Empty),
            HeartbeatFrontAddresses = Each(devices, () => EntityAddressVector.Empty),
            Infos = Each(devices, () => default(OsdInfo)),
            ExtraInfos = Each(devices, () => OsdExtraInfo.None),
            Uuids = Each(devices, () => new Guid(random.Next(), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
            Crush = crush,
            PgTemp = Some(random, pgs, () => Each(random.Next(1, 5), () => new OsdId(random.Next(devices)))),
            PrimaryTemp = Some(random, pgs, () => new OsdId(random.Next(devices))),
            PgUpmap = Some(random, pgs, () => Each(random.Next(1, 5), () => new OsdId(random.Next(devices)))),
            PgUpmapItems = Some(
                random, pgs, () => Each(random.Next(1, 4), () => new PgUpmapItem(new OsdId(random.Next(devices)), new OsdId(random.Next(devices))))),
            NearFullRatio = 0.85f,
            FullRatio = 0.95f,
            BackfillFullRatio = 0.9f,
            RequireMinCompatClient = CephRelease.Luminous,
            RequireOsdRelease = CephRelease.Pacific,
        };
    }

    private static ValueMap<PoolId, Pool> Pools(Random random, CrushMap crush)
    {
        var pools = new Dictionary<PoolId, Pool>();
        for (int id = 0; id < 4; id++)
        {
            CrushRule rule = crush.Rules[random.Next(crush.Rules.Count)]!;
            uint pgs = (uint)random.Next(1, 60);
            pools[new PoolId(id * 2)] = new Pool
            {
                Type = (PoolType)rule.Type,
                Size = (byte)random.Next(1, 6),
                MinSize = 1,
                CrushRule = (byte)rule.Id,
                PgNum = pgs,
                PgNumTarget = pgs,
                PgNumPending = pgs,
                PgpNum = (uint)random.Next(1, (int)pgs + 1),
                PgpNumTarget = pgs,
                Flags = random.Next(4) == 0 ? PoolFlags.None : PoolFlags.HashPsPool,
                CreateTime = new Utime(1_700_000_001, 0),
            };
        }

        return ValueMap.Create(pools);
    }

    private static ValueList<T> Each<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];

    private static ValueMap<PgId, T> Some<T>(Random random, PgId[] pgs, Func<T> make) =>
        ValueMap.Create(pgs.Where(_ => random.Next(6) == 0).Select(pg => KeyValuePair.Create(pg, make())));
}
