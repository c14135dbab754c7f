namespace Kalmar.Sandbox.Tests;

/// <summary>Options that make no sense are all named at once.</summary>
public sealed class SandboxOptionsTests
{
    [Fact]
    public void Every_wrong_option_is_named_in_one_line()
    {
        SandboxOptions options = new()
        {
            Folder = "/tmp/with#hash",
            Monitors = 2,
            Managers = 4,
            Osds = -1,
            OsdSizeBytes = 5,
            Mds = true,
            ClusterName = "a b",
            Settings = new Dictionary<string, string> { ["key = value\n[mon]"] = "x", ["fine"] = "two\nlines" },
        };
        SandboxException error = Assert.Throws<SandboxException>(options.Validate);
        Assert.Equal(SandboxErrorKind.InvalidOptions, error.Kind);
        Assert.All(
            (string[])["folder: '/tmp/with#hash'", "monitors: 2", "managers: 4", "OSDs: -1", "OSD size: 5", "metadata server", "cluster name: 'a b'", "setting 'key = value [mon]'", "setting 'fine'"],
            part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Path_too_long_for_sockets_is_refused()
    {
        SandboxException error = Assert.Throws<SandboxException>(new SandboxOptions { Folder = "/tmp/" + new string('x', 80) }.Validate);
        Assert.Contains("use a shorter path", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(3, 0, 100)]
    public void Sensible_options_are_accepted(int monitors, int managers, int osds)
    {
        SandboxOptions options = new() { Folder = "/tmp/x", Monitors = monitors, Managers = managers, Osds = osds };
        options.Validate();
        Assert.Equal(monitors + managers + osds, options.Daemons.Count);
    }
}
