using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>What must be so with every release of Ceph.</summary>
[Collection(nameof(SandboxClusterTests))]
public sealed class ReleaseTests(CephClusterFixture installed, ReefClusterFixture reef)
{
    [Theory]
    [CephReleases]
    public async Task Cluster_of_each_release_is_healthy_with_all_modules_and_a_killed_osd_comes_back(string release)
    {
        CephClusterFixture ceph = release == CephReleasesAttribute.Reef ? reef : installed;
        SandboxCluster cluster = await ceph.GetAsync();
        string version = await ceph.CephAsync("tell", "osd.1", "version");
        Assert.Contains(release == CephReleasesAttribute.Reef ? "18.2.7" : "\"release\"", version, StringComparison.Ordinal);
        await Eventually.TrueAsync("HEALTH_OK", async () => (await ceph.CephAsync("health")).Trim() == "HEALTH_OK");
        await cluster.KillAsync("osd.1", TestContext.Current.CancellationToken);
        Assert.False((await cluster.StatusAsync(TestContext.Current.CancellationToken)).Daemons.Single(d => d.Name == "osd.1").Running);
        await Eventually.TrueAsync("osd.1 down", async () => await OsdsUpAsync(ceph) == 2);
        await cluster.ReviveAsync("osd.1", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync("osd.1 up", async () => await OsdsUpAsync(ceph) == 3);
    }

    private static async Task<int> OsdsUpAsync(CephClusterFixture ceph) =>
        JsonDocument.Parse(await ceph.CephAsync("-s", "-f", "json")).RootElement.GetProperty("osdmap").GetProperty("num_up_osds").GetInt32();
}
