using Kalmar.Sandbox.Layout;
using Kalmar.Testing;

namespace Kalmar.Sandbox.Tests;

/// <summary>Folders that are no good for a sandbox, and what a sandbox writes into a good one.</summary>
public sealed class SandboxFolderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folder_with_other_files_is_refused_and_left_alone()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.File("notes.txt"), "mine", Cancellation);
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => SandboxCluster.CreateAsync(new SandboxOptions { Folder = folder.Path }, cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.WrongFolder, error.Kind);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Equal([folder.File("notes.txt")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Folder_that_holds_a_sandbox_is_refused_for_another_one()
    {
        using TemporaryFolder folder = new();
        SandboxOptions options = new() { Folder = folder.Path };
        SandboxCluster cluster = await SandboxCluster.CreateAsync(options, cancellationToken: Cancellation);
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => SandboxCluster.CreateAsync(options, cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.WrongFolder, error.Kind);
        Assert.Equal(cluster.Fsid, (await SandboxCluster.OpenAsync(folder.Path, cancellationToken: Cancellation)).Fsid);
    }

    [Theory]
    [InlineData(null, "holds no sandbox")]
    [InlineData("{ \"format\": 1, ", "is damaged")]
    [InlineData("{ \"format\": 99, \"options\": { \"folder\": \"x\" }, \"osdIds\": [] }", "another version")]
    [InlineData("null", "another version")]
    public async Task Folder_without_a_whole_sandbox_is_told_when_opened(string? state, string says)
    {
        using TemporaryFolder folder = new();
        if (state is not null)
        {
            await File.WriteAllTextAsync(folder.File("sandbox.json"), state, Cancellation);
        }

        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => SandboxCluster.OpenAsync(folder.Path, cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.WrongFolder, error.Kind);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Moved_sandbox_does_not_start_from_its_new_place()
    {
        using TemporaryFolder folder = new();
        await SandboxCluster.CreateAsync(new SandboxOptions { Folder = folder.File("old") }, cancellationToken: Cancellation);
        Directory.Move(folder.File("old"), folder.File("new"));
        SandboxCluster moved = await SandboxCluster.OpenAsync(folder.File("new"), cancellationToken: Cancellation);
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => moved.StartAsync(cancellationToken: Cancellation));
        Assert.Contains("was moved", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_are_kept_with_the_sandbox()
    {
        using TemporaryFolder folder = new();
        SandboxOptions options = new()
        {
            Folder = folder.Path,
            Monitors = 3,
            Osds = 5,
            OsdSizeBytes = 3L << 30,
            Secure = true,
            Settings = new Dictionary<string, string> { ["osd/debug osd"] = "5", ["mon max pg per osd"] = "300" },
        };
        await SandboxCluster.CreateAsync(options, cancellationToken: Cancellation);
        SandboxCluster opened = await SandboxCluster.OpenAsync(folder.Path, cancellationToken: Cancellation);
        Assert.Equal(options with { Settings = opened.Options.Settings }, opened.Options);
        Assert.Equal(options.Settings, opened.Options.Settings);
        Assert.Equal(3, opened.Monitors.Count);
    }

    [Fact]
    public async Task Ceph_itself_reads_the_settings_from_the_conf()
    {
        using TemporaryFolder folder = new();
        SandboxOptions options = new()
        {
            Folder = folder.Path,
            Monitors = 3,
            Settings = new Dictionary<string, string> { ["osd/debug osd"] = "5", ["osd pool default size"] = "3" },
        };
        SandboxCluster cluster = await SandboxCluster.CreateAsync(options, cancellationToken: Cancellation);
        Assert.Equal(cluster.Fsid.ToString(), await LookUpAsync("client.admin", "fsid"));
        Assert.Equal(cluster.KeyringPath, await LookUpAsync("client.admin", "keyring"));
        Assert.Equal("3", await LookUpAsync("osd.0", "osd_pool_default_size"));
        Assert.Equal("5/5", await LookUpAsync("osd.0", "debug_osd"));
        string hosts = await LookUpAsync("client.admin", "mon_host");
        Assert.All(cluster.Monitors, m => Assert.Contains($"v2:{m}", hosts, StringComparison.Ordinal));

        async Task<string> LookUpAsync(string name, string key) =>
            (await RealTool.RunAsync("ceph-conf", "-c", cluster.ConfPath, "--name", name, "--show-config-value", key)).Trim();
    }

    [Fact]
    public void Too_little_room_is_told_with_what_is_needed()
    {
        SandboxFolder folder = new("/somewhere");
        SandboxOptions options = new() { Folder = "/somewhere" };
        SandboxException error = Assert.Throws<SandboxException>(() => SandboxCluster.CheckRoom(folder, options, 100 << 20));
        Assert.Equal(SandboxErrorKind.DiskFull, error.Kind);
        Assert.Contains("100 MB free, but the sandbox needs 310 MB", error.Message, StringComparison.Ordinal);
    }
}
