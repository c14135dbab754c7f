using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>A cluster with a file system and an object gateway.</summary>
public sealed class SandboxServicesTests
{
    [Fact]
    public async Task File_system_is_active_and_the_gateway_answers_and_stop_leaves_nothing()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        SandboxCluster cluster = await SandboxCluster.CreateAsync(new SandboxOptions { Folder = folder.File("c"), Osds = 1, Mds = true, Rgw = true }, cancellationToken: cancellation);
        try
        {
            await cluster.StartAsync(cancellationToken: cancellation);
            JsonElement status = JsonDocument.Parse(await RealTool.RunAsync("ceph", "-c", cluster.ConfPath, "-s", "-f", "json")).RootElement;
            Assert.Equal("HEALTH_OK", status.GetProperty("health").GetProperty("status").GetString());
            JsonElement rank = Assert.Single(status.GetProperty("fsmap").GetProperty("by_rank").EnumerateArray());
            Assert.Equal("up:active", rank.GetProperty("status").GetString());
            using HttpClient client = new();
            Assert.Contains("ListAllMyBucketsResult", await client.GetStringAsync(cluster.GatewayUri, cancellation), StringComparison.Ordinal);

            await cluster.KillAsync("rgw.a", cancellation);
            await cluster.StopAsync(cancellationToken: cancellation);
            SandboxStatus stopped = await cluster.StatusAsync(cancellation);
            Assert.Equal(["mon.a", "mgr.x", "osd.0", "mds.a", "client.rgw.a"], stopped.Daemons.Select(d => d.Name));
            Assert.True(stopped.AllStopped);
        }
        finally
        {
            await cluster.DestroyAsync(cancellationToken: cancellation);
        }
    }
}
