using System.Text.Json;
using Kalmar.Sandbox;
using Kalmar.Testing;

namespace Kalmar.EndToEnd.Tests;

/// <summary><c>kalmar status</c> beside <c>ceph -s</c>, and what it says when it cannot.</summary>
public sealed class StatusTests(CephClusterFixture plain, SecureCephClusterFixture secure, ReefClusterFixture reef)
{
    [Theory]
    [CephReleases]
    public async Task Status_json_equals_ceph_status_field_by_field(string release)
    {
        SandboxCluster cluster = await (release == CephReleasesAttribute.Reef ? reef : plain).GetAsync();
        await StatusComparison.AssertEqualAsync(cluster.ConfPath);
    }

    [Fact]
    public async Task Status_json_equals_ceph_status_with_three_monitors_that_must_be_spoken_to_encrypted()
    {
        SandboxCluster cluster = await secure.GetAsync();
        await StatusComparison.AssertEqualAsync(cluster.ConfPath);
    }

    [Fact]
    public async Task Status_equals_ceph_status_while_an_OSD_is_down()
    {
        SandboxCluster cluster = await plain.GetAsync();
        await cluster.KillAsync("osd.2", TestContext.Current.CancellationToken);
        try
        {
            await StatusComparison.AssertEqualAsync(cluster.ConfPath, s => s.GetProperty("osdmap").GetProperty("num_up_osds").GetInt32() == 2);
            (_, string text, _) = await KalmarProcess.RunAsync("status", "-c", cluster.ConfPath);
            Assert.Contains("3 OSDs: 2 up", text, StringComparison.Ordinal);
            Assert.Contains("osd.2", text, StringComparison.Ordinal);
            Assert.Contains("OSD_DOWN", text, StringComparison.Ordinal);
        }
        finally
        {
            await cluster.ReviveAsync("osd.2", TestContext.Current.CancellationToken);
        }

        await StatusComparison.AssertEqualAsync(cluster.ConfPath, s => s.GetProperty("osdmap").GetProperty("num_up_osds").GetInt32() == 3);
    }

    [Fact]
    public async Task Command_reaches_monitors_managers_and_OSDs()
    {
        SandboxCluster cluster = await plain.GetAsync();
        string[] conf = ["-c", cluster.ConfPath];
        (int code, string output, string error) = await KalmarProcess.RunAsync(["command", "osd", "tree", "--format", "json", .. conf]);
        Assert.True(code == 0, error);
        using (JsonDocument tree = JsonDocument.Parse(output))
        {
            Assert.Equal(4, tree.RootElement.GetProperty("nodes").GetArrayLength() - 1);
        }

        (code, output, _) = await KalmarProcess.RunAsync(["command", "perf", "dump", "--target", "osd.0", .. conf]);
        Assert.Equal(0, code);
        using (JsonDocument counters = JsonDocument.Parse(output))
        {
            Assert.True(counters.RootElement.TryGetProperty("osd", out _));
        }

        (code, output, _) = await KalmarProcess.RunAsync(["command", "{\"prefix\":\"osd df\",\"format\":\"json\"}", "--target", "mgr", .. conf]);
        Assert.Equal(0, code);
        Assert.Contains("osd.1", output, StringComparison.Ordinal);

        (code, _, error) = await KalmarProcess.RunAsync(["command", "osd", "fly", .. conf]);
        Assert.Equal(1, code);
        Assert.Contains("errno 22", error, StringComparison.Ordinal);
        (code, _, error) = await KalmarProcess.RunAsync(["command", "osd", "tree", "--target", "osd.x", .. conf]);
        Assert.Equal(64, code);
    }

    [Theory]
    [InlineData(78, "/nowhere/ceph.conf", "--conf", "/nowhere/ceph.conf")]
    [InlineData(78, "/nowhere/keyring", "--keyring", "/nowhere/keyring")]
    [InlineData(77, "client.nobody", "--name", "client.nobody")]
    public async Task Wrong_access_gives_one_line_that_says_what_and_no_stack_trace(int expected, string says, string option, string value)
    {
        SandboxCluster cluster = await plain.GetAsync();
        List<string> arguments = ["status", option, value];
        if (option != "--conf")
        {
            arguments.AddRange(["-c", cluster.ConfPath]);
        }

        using var folder = new TemporaryFolder();
        if (option == "--name")
        {
            await File.WriteAllTextAsync(folder.File("keyring"), $"[client.nobody]\n\tkey = {WrongKey}\n", TestContext.Current.CancellationToken);
            arguments.AddRange(["--keyring", folder.File("keyring")]);
        }

        await AssertRefusedAsync(expected, says, [.. arguments]);
    }

    [Fact]
    public async Task Wrong_key_is_refused_and_never_shown()
    {
        SandboxCluster cluster = await plain.GetAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("keyring"), $"[client.admin]\n\tkey = {WrongKey}\n", TestContext.Current.CancellationToken);
        string error = await AssertRefusedAsync(77, "client.admin", "status", "-c", cluster.ConfPath, "--keyring", folder.File("keyring"));
        Assert.DoesNotContain(WrongKey, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitor_that_is_not_there_is_named()
    {
        SandboxCluster cluster = await plain.GetAsync();
        using var folder = new TemporaryFolder();
        int port = FreePorts.Take();
        await File.WriteAllTextAsync(
            folder.File("ceph.conf"), $"[global]\nmon host = v2:127.0.0.1:{port}\nkeyring = {cluster.KeyringPath}\n", TestContext.Current.CancellationToken);
        await AssertRefusedAsync(69, $"{port}", "status", "--timeout", "3", "-c", folder.File("ceph.conf"));
    }

    [Fact]
    public async Task Wrong_fsid_is_refused()
    {
        SandboxCluster cluster = await plain.GetAsync();
        using var folder = new TemporaryFolder();
        string conf = await File.ReadAllTextAsync(cluster.ConfPath, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            folder.File("ceph.conf"), conf.Replace(cluster.Fsid.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        (int code, _, string error) = await KalmarProcess.RunAsync("status", "-c", folder.File("ceph.conf"));
        Assert.NotEqual(0, code);
        Assert.Contains(cluster.Fsid.ToString(), error, StringComparison.Ordinal);
    }

    // A well-formed key that no cluster has.
    private const string WrongKey = "AQAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAA==";

    private static async Task<string> AssertRefusedAsync(int expected, string says, params string[] arguments)
    {
        (int code, string output, string error) = await KalmarProcess.RunAsync(arguments);
        Assert.True(code == expected, $"exit code {code}, expected {expected}: {error}");
        Assert.Empty(output);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return error;
    }
}
