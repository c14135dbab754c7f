using Kalmar.Sandbox;
using Kalmar.Sandbox.Tools;

namespace Kalmar.Testing;

/// <summary>Runs Ceph's programs out of the chroot that <c>tests/reef-chroot.sh</c> makes. Their processes are this machine's, so that a sandbox finds them.</summary>
public sealed class ReefToolRunner : IToolRunner
{
    private static readonly string Script = Path.Combine(RepositoryPaths.Root, "tests", "reef-chroot.sh");
    private readonly ToolRunner _inner = new(TimeProvider.System);
    private readonly string _root;

    private ReefToolRunner(string root) => _root = root;

    /// <summary>Makes the chroot when it is not there yet: two minutes and more.</summary>
    /// <exception cref="SandboxException">It could not be made; the message says why.</exception>
    public static async Task<ReefToolRunner> MakeAsync(CancellationToken cancellationToken)
    {
        ToolRunner runner = new(TimeProvider.System);
        ToolResult made = await runner.RunAsync(Script, ["make"], null, TimeSpan.FromMinutes(20), null, cancellationToken);
        if (made.ExitCode != 0)
        {
            throw new SandboxException(SandboxErrorKind.InstallFailed, made.LastLine);
        }

        ToolResult path = await runner.RunAsync(Script, ["path"], null, TimeSpan.FromMinutes(1), null, cancellationToken);
        return new ReefToolRunner(path.Output.Trim());
    }

    public Task<ToolResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input,
        TimeSpan timeout,
        Action<string>? onLine,
        CancellationToken cancellationToken) =>
        _inner.RunAsync(Script, ["run", program, .. arguments], input, timeout, onLine, cancellationToken);

    public string? Find(string program) => File.Exists(Path.Combine(_root, "usr", "bin", program)) ? program : null;
}
