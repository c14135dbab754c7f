using System.Text.Json;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>The life of one real cluster, shared by the tests; each puts back what it broke.</summary>
public sealed class SandboxClusterTests(CephClusterFixture ceph)
{
    [Fact]
    public async Task Started_cluster_is_healthy_with_all_osds_up_and_every_pg_clean()
    {
        JsonElement status = JsonDocument.Parse(await ceph.CephAsync("-s", "-f", "json")).RootElement;
        Assert.Equal("HEALTH_OK", status.GetProperty("health").GetProperty("status").GetString());
        Assert.Equal(3, status.GetProperty("osdmap").GetProperty("num_up_osds").GetInt32());
        Assert.Equal(3, status.GetProperty("osdmap").GetProperty("num_in_osds").GetInt32());
        JsonElement state = Assert.Single(status.GetProperty("pgmap").GetProperty("pgs_by_state").EnumerateArray());
        Assert.Equal("active+clean", state.GetProperty("state_name").GetString());
    }
}
