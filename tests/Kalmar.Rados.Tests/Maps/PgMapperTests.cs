using Kalmar.Rados.Maps;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Maps;

public sealed class PgMapperTests
{
    [Fact]
    public async Task MapPg_over_random_maps_places_as_osdmaptool_does()
    {
        using var folder = new TemporaryFolder();
        int pgs = 0;
        for (int seed = 1; seed <= 15; seed++)
        {
            OsdMap map = await RandomOsdMap.MakeAsync(seed, folder);
            byte[] bytes = EncodingCheck.Encode(map);
            Assert.Equal(map, EncodingCheck.Decode<OsdMap>(bytes, $"seed {seed}"));
            pgs += await CompareAsync(map, bytes, folder, $"seed {seed}");
        }

        Assert.True(pgs > 500, $"only {pgs} PGs compared");
    }

    [Fact]
    public async Task MapPg_over_a_recorded_cluster_places_as_osdmaptool_does()
    {
        using var folder = new TemporaryFolder();
        foreach (uint epoch in (uint[])[60, 110, 140, 167])
        {
            byte[] bytes = RecordedMaps.Pacific.Full[epoch];
            await CompareAsync(EncodingCheck.Decode<OsdMap>(bytes, $"epoch {epoch}"), bytes, folder, $"epoch {epoch}");
        }
    }

    [Fact]
    public void MapPg_of_a_pg_that_does_not_exist_is_nowhere()
    {
        OsdMap map = EncodingCheck.Decode<OsdMap>(RecordedMaps.Pacific.Full[60], "epoch 60");
        var mapper = new PgMapper(map);
        Assert.Equal(PgMapping.Nowhere, mapper.MapPg(new PgId(new PoolId(99), 0)));
        Assert.Equal(PgMapping.Nowhere, mapper.MapPg(new PgId(new PoolId(1), map.Pools[new PoolId(1)].PgNum)));
        Assert.Empty(mapper.MapPool(new PoolId(99)));
    }

    [Fact]
    public async Task PgOf_an_object_is_the_one_that_osdmaptool_says()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = RecordedMaps.Pacific.Full[167];
        string file = folder.File("osdmap");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        OsdMap map = EncodingCheck.Decode<OsdMap>(bytes, "epoch 167");
        var pool = new PoolId(5);
        foreach (string name in (string[])["a", "rbd_data.1234", "twelve bytes", "thirteen byte", "a much longer name than one round of the hash", "Å"])
        {
            string output = await RealTool.RunAsync("osdmaptool", file, "--test-map-object", name, "--pool", "5");
            Assert.Contains($" -> {map.Pools[pool].PgOf(pool, ObjectNameHash.Of(name))} ", output, StringComparison.Ordinal);
        }
    }

    private static async Task<int> CompareAsync(OsdMap map, byte[] bytes, TemporaryFolder folder, string what)
    {
        string file = folder.File("osdmap");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        string output = await RealTool.RunAsync("osdmaptool", file, "--test-map-pgs-dump-all");
        var mapper = new PgMapper(map);
        string[] lines = [.. output.Split('\n').Where(l => l.Contains(" up (", StringComparison.Ordinal))];
        foreach (string line in lines)
        {
            Assert.True(PgId.TryParse(line[..line.IndexOf(' ', StringComparison.Ordinal)], out PgId pg), line);
            PgMapping mapping = mapper.MapPg(pg);
            string expected = line[line.IndexOf("up (", StringComparison.Ordinal)..];
            string actual = $"up ({Show(mapping.Up)}, p{Show(mapping.UpPrimary)}) acting ({Show(mapping.Acting)}, p{Show(mapping.ActingPrimary)})";
            Assert.True(expected == actual, $"{what}, PG {pg}: expected {expected}, computed {actual}; all: {line}");
        }

        Assert.Equal(map.Pools.Values.Sum(p => p.PgNum), lines.Length);
        return lines.Length;
    }

    private static string Show(ValueList<OsdId> osds) => $"[{string.Join(',', osds.Select(o => o.Value))}]";

    private static string Show(OsdId osd) => osd.IsNone ? "-1" : $"{osd.Value}";
}
