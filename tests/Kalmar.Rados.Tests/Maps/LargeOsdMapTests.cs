using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

public sealed class LargeOsdMapTests
{
    [Fact]
    public void Read_takes_memory_in_proportion_to_the_map()
    {
        OsdMap map = LargeOsdMap.Make();
        byte[] bytes = EncodingCheck.Encode(map);
        Assert.InRange(bytes.Length, 1_000_000, 5_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        OsdMap read = EncodingCheck.Decode<OsdMap>(bytes, "large map");
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(map, read);
        Assert.True(used < bytes.Length * 8L, $"{used} bytes for a map of {bytes.Length}");
    }

    [Fact]
    public void Apply_of_a_small_change_shares_what_did_not_change()
    {
        OsdMap map = LargeOsdMap.Make();
        var change = new OsdMapIncremental
        {
            Fsid = map.Fsid,
            Epoch = new Epoch(1001),
            NewState = ValueMap.Create([KeyValuePair.Create(new OsdId(7), OsdState.Up)]),
        };
        long before = GC.GetAllocatedBytesForCurrentThread();
        OsdMap next = map.Apply(change).Map;
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(LargeOsdMap.Osds - 1, next.UpCount);
        Assert.Same(map.Crush, next.Crush);
        Assert.Same(map.ClientAddresses, next.ClientAddresses);
        Assert.Same(map.PgUpmapItems, next.PgUpmapItems);
        Assert.True(used < 12_000_000, $"{used} bytes allocated");
    }

    [Fact]
    public void MapPool_places_all_pgs_on_different_hosts()
    {
        OsdMap map = LargeOsdMap.Make() with { PgTemp = ValueMap<PgId, ValueList<OsdId>>.Empty, PgUpmapItems = ValueMap<PgId, ValueList<PgUpmapItem>>.Empty };
        var count = new int[LargeOsdMap.Osds];
        foreach ((PgId pg, PgMapping mapping) in new PgMapper(map).MapPool(new PoolId(1)))
        {
            Assert.Equal(3, mapping.Acting.Select(o => o.Value / 20).Distinct().Count());
            Assert.Equal(mapping.Acting[0], mapping.ActingPrimary);
            foreach (OsdId osd in mapping.Acting)
            {
                count[osd.Value]++;
            }
        }

        Assert.Equal(3 * 32768, count.Sum());
        Assert.InRange(count.Max(), 25, 60);
    }
}
