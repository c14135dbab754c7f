using System.Text.Json;
using Kalmar.Rados.Configuration;
using Kalmar.Rados.Crush;
using Kalmar.Rados.Tests.Maps;
using Kalmar.Sandbox;
using Kalmar.Testing;
using Kalmar.Wire;

namespace Kalmar.Rados.Tests.Crush;

[Collection("cluster")]
public sealed class RealClusterCrushTextTests(CephClusterFixture ceph)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_of_a_running_cluster_can_be_edited_compiled_and_given_back()
    {
        SandboxCluster sandbox = await ceph.GetAsync();
        await using RadosCluster cluster = await RadosCluster.ConnectAsync(new CephConnectArguments { ConfPath = sandbox.ConfPath }, cancellationToken: Cancelled);
        byte[] original = await GetAsync(cluster);
        CrushMap map = EncodingCheck.Decode<CrushMap>(original, "the cluster's map");
        string text = CrushText.Decompile(map);
        Assert.Equal(map.Buckets.Where(b => b is not null), CrushText.Compile(text).Buckets.Where(b => b is not null));
        Assert.Equal(map.Rules, CrushText.Compile(text).Rules);

        string line = text.Split('\n').First(l => l.Contains("item osd.1 weight", StringComparison.Ordinal));
        await SetAsync(cluster, EncodingCheck.Encode(CrushText.Compile(text.Replace(line, "\titem osd.1 weight 1.25", StringComparison.Ordinal))));
        try
        {
            CrushMap changed = EncodingCheck.Decode<CrushMap>(await GetAsync(cluster), "the changed map");
            Assert.Equal(1.25, new CrushTree(changed).WeightOf(new OsdId(1)));
            using JsonDocument tree = JsonDocument.Parse(await ceph.CephAsync("osd", "tree", "-f", "json"));
            JsonElement osd = tree.RootElement.GetProperty("nodes").EnumerateArray().Single(n => n.GetProperty("id").GetInt32() == 1);
            Assert.Equal(1.25, osd.GetProperty("crush_weight").GetDouble());
            Assert.Equal(map.DeviceClassOf(1), osd.GetProperty("device_class").GetString());
        }
        finally
        {
            await SetAsync(cluster, original);
        }
    }

    private static async Task<byte[]> GetAsync(RadosCluster cluster) =>
        (await cluster.CommandAsync(new CephCommand("osd getcrushmap"), cancellationToken: Cancelled)).EnsureSuccess().Output.ToArray();

    private static async Task SetAsync(RadosCluster cluster, byte[] map) =>
        (await cluster.CommandAsync(new CephCommand("osd setcrushmap"), map, cancellationToken: Cancelled)).EnsureSuccess();
}
