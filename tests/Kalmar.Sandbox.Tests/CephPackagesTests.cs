using Kalmar.Sandbox.Packages;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Sandbox.Tests;

/// <summary>What is installed, when, and what is said when it may not or cannot be.</summary>
public sealed class CephPackagesTests
{
    private static readonly SandboxOptions Options = new() { Folder = "/tmp/x", Mds = true };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_run_when_everything_is_there()
    {
        FakeTools tools = new("ceph", "ceph-mon", "ceph-mgr", "ceph-osd", "ceph-mds", "apt-get");
        await new CephPackages(tools, isRoot: false).EnsureAsync(Options, cancellationToken: Cancellation);
        Assert.Empty(tools.Runs);
    }

    [Fact]
    public async Task Without_root_the_command_to_run_is_said()
    {
        FakeTools tools = new("ceph", "ceph-mon", "apt-get");
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => new CephPackages(tools, isRoot: false).EnsureAsync(Options, cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.CephMissing, error.Kind);
        Assert.EndsWith("run: sudo apt-get install ceph-mgr ceph-osd ceph-mds", error.Message, StringComparison.Ordinal);
        Assert.Empty(tools.Runs);
    }

    [Fact]
    public async Task Root_installs_only_what_is_missing_and_tells_each_package()
    {
        FakeTools tools = new("ceph", "ceph-mon", "ceph-mgr", "apt-get")
        {
            Answer = (tools, _) =>
            {
                tools.Installed.UnionWith(["ceph-osd", "ceph-mds"]);
                return new ToolResult(0, "Reading lists\nUnpacking ceph-osd (16.2.15) ...\nSetting up ceph-osd (16.2.15) ...\n", string.Empty);
            },
        };
        List<string> steps = [];
        await new CephPackages(tools, isRoot: true).EnsureAsync(Options, new StepList(steps), Cancellation);
        string run = Assert.Single(tools.Runs);
        Assert.StartsWith("env DEBIAN_FRONTEND=noninteractive apt-get install ", run, StringComparison.Ordinal);
        Assert.Contains("--no-install-recommends", run, StringComparison.Ordinal);
        Assert.EndsWith(" ceph-osd ceph-mds", run, StringComparison.Ordinal);
        Assert.Equal(["installing ceph-osd ceph-mds", "Unpacking ceph-osd (16.2.15)", "Setting up ceph-osd (16.2.15)"], steps);
    }

    [Fact]
    public async Task Empty_lists_are_updated_and_the_installation_tried_again()
    {
        FakeTools tools = new("apt-get")
        {
            Answer = (tools, arguments) =>
            {
                if (arguments.Contains(" update", StringComparison.Ordinal))
                {
                    return new ToolResult(0, string.Empty, string.Empty);
                }

                if (tools.Runs.Count == 1)
                {
                    return new ToolResult(100, string.Empty, "E: Unable to locate package ceph-mon\n");
                }

                tools.Installed.UnionWith(["ceph", "ceph-mon", "ceph-mgr", "ceph-osd", "ceph-mds"]);
                return new ToolResult(0, string.Empty, string.Empty);
            },
        };
        await new CephPackages(tools, isRoot: true).EnsureAsync(Options, cancellationToken: Cancellation);
        Assert.Equal(3, tools.Runs.Count);
    }

    [Theory]
    [InlineData("E: Unable to locate package ceph-mon", SandboxErrorKind.InstallFailed)]
    [InlineData("E: You don't have enough free space: No space left on device", SandboxErrorKind.DiskFull)]
    public async Task Failure_is_told_with_apt_s_reason(string reason, SandboxErrorKind kind)
    {
        FakeTools tools = new("apt-get") { Answer = (_, _) => new ToolResult(100, "much\n", $"W: whatever\n{reason}\nE: and more\n") };
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => new CephPackages(tools, isRoot: true).EnsureAsync(Options, cancellationToken: Cancellation));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(reason[3..], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Machine_without_apt_is_told_what_to_install()
    {
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => new CephPackages(new FakeTools(), isRoot: true).EnsureAsync(Options, cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.InstallFailed, error.Kind);
        Assert.Contains("ceph-mon ceph-common ceph-mgr ceph-osd ceph-mds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sandbox_on_a_machine_without_ceph_says_what_to_install_and_makes_nothing()
    {
        SandboxOptions options = new() { Folder = Path.Combine(Path.GetTempPath(), "kalmar-never-made"), Rgw = true };
        SandboxException error = await Assert.ThrowsAsync<SandboxException>(() => SandboxCluster.CreateAsync(options, new FakeTools("ceph-mon"), cancellationToken: Cancellation));
        Assert.Equal(SandboxErrorKind.CephMissing, error.Kind);
        Assert.EndsWith("sudo apt-get install ceph-common ceph-mgr ceph-osd radosgw", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(options.Folder));
    }

    private sealed class FakeTools(params string[] installed) : IToolRunner
    {
        public HashSet<string> Installed { get; } = [.. installed];

        public List<string> Runs { get; } = [];

        public Func<FakeTools, string, ToolResult> Answer { get; init; } = (_, _) => new ToolResult(0, string.Empty, string.Empty);

        public string? Find(string program) => Installed.Contains(program) ? "/usr/bin/" + program : null;

        public Task<ToolResult> RunAsync(string program, IReadOnlyList<string> arguments, string? input, TimeSpan timeout, Action<string>? onLine, CancellationToken cancellationToken)
        {
            string line = $"{program} {string.Join(' ', arguments)}";
            Runs.Add(line);
            ToolResult result = Answer(this, line);
            foreach (string output in result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                onLine?.Invoke(output);
            }

            return Task.FromResult(result);
        }
    }
}
