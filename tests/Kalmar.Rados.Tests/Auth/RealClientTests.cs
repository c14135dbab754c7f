using Kalmar.Sandbox.Tools;
using Kalmar.Testing;
using Kalmar.Wire;
using Kalmar.Wire.Auth;

namespace Kalmar.Rados.Tests.Auth;

/// <summary>The servers' side of cephx, tried with the real <c>ceph</c> as the client.</summary>
public sealed class RealClientTests
{
    [Theory]
    [InlineData(ConnectionMode.Crc)]
    [InlineData(ConnectionMode.Secure)]
    public async Task Ceph_tell_is_let_in_by_our_monitor_and_our_manager(ConnectionMode mode)
    {
        await using var cluster = new PretendedCluster(mode);
        ToolResult result = await TellAsync(cluster);
        Assert.True(result.ExitCode == 0, $"ceph: {result.Error} (refused: {cluster.Refusal})");
        Assert.Contains(PretendedCluster.Output, result.Output, StringComparison.Ordinal);
        Assert.All(cluster.MonSessions, s => Assert.Equal("client.admin", s.Name.ToString()));
        Assert.All(cluster.MgrSessions, s => Assert.Equal("allow r", new AuthCapsInfo(false, s.Caps).ToText()));
        Assert.All(cluster.MgrSessions, s => Assert.Equal(mode, s.Mode));
        Assert.NotEmpty(cluster.MgrSessions);

        // The first session fetches the configuration only, and is another client to the monitors.
        Assert.Single(cluster.MonSessions.Skip(1).Concat(cluster.MgrSessions).Select(s => s.GlobalId).Distinct());
    }

    [Fact]
    public async Task Ceph_that_loses_its_monitor_comes_back_with_its_global_id()
    {
        await using var cluster = new PretendedCluster(ConnectionMode.Secure) { Interruptions = 2 };
        ToolResult result = await TellAsync(cluster);
        Assert.True(result.ExitCode == 0, $"ceph: {result.Error} (refused: {cluster.Refusal})");
        Assert.InRange(cluster.MonSessions.Count, 4, 20);
        Assert.Single(cluster.MonSessions.Skip(1).Select(s => s.GlobalId).Distinct());
    }

    [Fact]
    public async Task Ceph_with_a_wrong_key_is_refused()
    {
        await using var cluster = new PretendedCluster(ConnectionMode.Secure);
        var admin = EntityName.Parse("client.admin");
        cluster.Keys.Set(admin, cluster.Keys.Find(admin)! with { Key = CephKey.Generate(CephKeyType.Aes128, TimeProvider.System) });
        ToolResult result = await TellAsync(cluster);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(cluster.MonSessions);
        Assert.Contains("client.admin", cluster.Refusal, StringComparison.Ordinal);
    }

    private static Task<ToolResult> TellAsync(PretendedCluster cluster) =>
        RealTool.TryRunAsync("ceph", ["-c", cluster.ConfPath, "--connect-timeout", "20", "tell", "mgr", "hello"]);
}
