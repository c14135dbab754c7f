using System.Text.Json;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Maps;
using Kalmar.Rados.Tests.Maps;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Crush;

public sealed class CrushTreeTests
{
    [Fact]
    public async Task Tree_of_a_recorded_cluster_is_the_one_that_osdmaptool_draws()
    {
        using var folder = new TemporaryFolder();
        foreach (uint epoch in (uint[])[20, 125, 167])
        {
            byte[] bytes = RecordedMaps.Pacific.Full[epoch];
            await CompareAsync(EncodingCheck.Decode<OsdMap>(bytes, $"epoch {epoch}"), bytes, folder);
        }
    }

    [Fact]
    public async Task Tree_of_random_maps_is_the_one_that_osdmaptool_draws()
    {
        using var folder = new TemporaryFolder();
        for (int seed = 500; seed < 510; seed++)
        {
            OsdMap map = await RandomOsdMap.MakeAsync(seed, folder);
            await CompareAsync(map, EncodingCheck.Encode(map), folder);
        }
    }

    [Fact]
    public void Place_of_a_device_leads_from_its_host_to_the_root()
    {
        CrushMap crush = EncodingCheck.Decode<OsdMap>(RecordedMaps.Pacific.Full[167], "epoch 167").Crush;
        var tree = new CrushTree(crush);
        var osd = new OsdId(0);
        string host = Assert.IsType<string>(tree.HostOf(osd));
        Assert.Equal(["host", "root"], tree.AncestorsOf(0).Select(b => crush.TypeNameOf(b.Type)));
        Assert.Equal([host, "default"], tree.AncestorsOf(0).Select(b => crush.NameOf(b.Id)));
        Assert.Equal("default", tree.NameAbove(osd, "root"));
        Assert.Null(tree.NameAbove(osd, "room"));
        Assert.Null(tree.HostOf(new OsdId(99)));
        Assert.Null(tree.WeightOf(new OsdId(99)));
        Assert.True(tree.WeightOf(osd) > 0);
        Assert.Contains(crush.ItemNames, n => n.Value == "default~ssd" && tree.IsShadow(n.Key));
    }

    [Fact]
    public void Tree_of_a_bucket_that_contains_itself_ends()
    {
        var bucket = new CrushBucket(-1, 1, CrushAlgorithm.Straw2, 0, 0x10000, [-1, 0], [0x10000, 0x10000]);
        var map = new CrushMap { Buckets = [bucket], MaxDevices = 1 };
        Assert.Empty(new CrushTree(map).Roots);
        Assert.Equal(64, new CrushTree(map).AncestorsOf(0).Count);
    }

    private static async Task CompareAsync(OsdMap map, byte[] bytes, TemporaryFolder folder)
    {
        string file = folder.File("osdmap");
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        string output = await RealTool.RunAsync("osdmaptool", file, "--tree=json");
        using var json = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        var tree = new CrushTree(map.Crush);
        string[] actual = [.. tree.Walk().Select(n => Show(n.Node, map))];
        string[] expected = [.. json.RootElement.GetProperty("nodes").EnumerateArray().Select(Show)];
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        foreach (JsonElement node in json.RootElement.GetProperty("nodes").EnumerateArray().Where(n => n.GetProperty("id").GetInt32() >= 0))
        {
            Assert.Equal(node.GetProperty("crush_weight").GetDouble(), tree.WeightOf(new OsdId(node.GetProperty("id").GetInt32())) ?? 0, 4);
        }
    }

    private static string Show(CrushNode node, OsdMap map)
    {
        bool exists = node.Osd is { } osd && map.Exists(osd);
        return $"{node.Id} {node.Name} {node.TypeName} {node.Type} {node.DeviceClass} "
            + (node.IsDevice ? $"{Math.Round(node.Weight, 4)} {exists}" : string.Join(',', node.Children.Select(c => c.Id).Order()));
    }

    private static string Show(JsonElement node)
    {
        string head = $"{node.GetProperty("id")} {node.GetProperty("name")} {node.GetProperty("type")} {node.GetProperty("type_id")} "
            + $"{(node.TryGetProperty("device_class", out JsonElement c) ? c.ToString() : "")} ";
        return node.TryGetProperty("children", out JsonElement children)
            ? head + string.Join(',', children.EnumerateArray().Select(e => e.GetInt32()).Order())
            : $"{head}{Math.Round(node.GetProperty("crush_weight").GetDouble(), 4)} {node.GetProperty("exists").GetInt32() == 1}";
    }
}
