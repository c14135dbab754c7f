using System.CommandLine;
using Kalmar.Sandbox;
using Kalmar.Sandbox.Packages;

namespace Kalmar.Cli.Commands;

/// <summary>The options that say where a sandbox is and what it is made of; the same for <c>up</c> and <c>sandbox start</c>.</summary>
internal sealed class SandboxArguments
{
    private static readonly string DefaultFolder = Path.Combine("kalmar-data", "sandbox");

    private readonly Option<string> _dir = new("--dir")
    {
        Description = "The sandbox's folder; everything of the cluster lies below it.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultFolder,
    };

    private readonly Option<int> _mons = new("--mons") { Description = "Monitors: 1 or 3.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly Option<int> _osds = new("--osds") { Description = "OSDs (BlueStore on sparse files).", HelpName = "N", DefaultValueFactory = _ => 3 };

    private readonly Option<bool> _mds = new("--mds") { Description = "Also a metadata server with a file system." };

    private readonly Option<bool> _rgw = new("--rgw") { Description = "Also an object gateway." };

    private readonly Option<bool> _secure = new("--secure") { Description = "Encrypt every connection (messenger's secure mode)." };

    public void AddTo(Command command)
    {
        command.Add(_osds);
        command.Add(_mons);
        command.Add(_mds);
        command.Add(_rgw);
        command.Add(_secure);
        command.Add(_dir);
    }

    public void AddFolderTo(Command command) => command.Add(_dir);

    public string ReadFolder(ParseResult result) => Path.GetFullPath(result.GetValue(_dir)!);

    /// <summary>Opens the sandbox of the folder, or makes one there; installs Ceph's packages when they are missing and we may.</summary>
    public async Task<SandboxCluster> OpenOrCreateAsync(ParseResult result, IProgress<string> progress, CancellationToken cancellationToken)
    {
        string folder = ReadFolder(result);
        SandboxCluster? existing = SandboxCluster.Exists(folder)
            ? await SandboxCluster.OpenAsync(folder, cancellationToken: cancellationToken).ConfigureAwait(false)
            : null;
        SandboxOptions options = existing?.Options ?? new SandboxOptions
        {
            Folder = folder,
            Monitors = result.GetValue(_mons),
            Osds = result.GetValue(_osds),
            Mds = result.GetValue(_mds),
            Rgw = result.GetValue(_rgw),
            Secure = result.GetValue(_secure),
        };
        if (existing is null)
        {
            options.Validate();
        }
        else if (Differs(result, existing.Options) is { } difference)
        {
            throw new CommandException(
                $"the sandbox in {folder} was made with {difference}; leave the option out, choose another --dir, or run 'kalmar sandbox destroy --dir {folder}' first",
                ExitCode.Usage);
        }

        await new CephPackages().EnsureAsync(options, progress, cancellationToken).ConfigureAwait(false);
        return existing ?? await SandboxCluster.CreateAsync(options, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private string? Differs(ParseResult result, SandboxOptions made)
    {
        if (result.GetResult(_mons) is { Implicit: false } && result.GetValue(_mons) != made.Monitors)
        {
            return $"--mons {made.Monitors}";
        }

        return result.GetResult(_osds) is { Implicit: false } && result.GetValue(_osds) != made.Osds ? $"--osds {made.Osds}" : null;
    }
}
