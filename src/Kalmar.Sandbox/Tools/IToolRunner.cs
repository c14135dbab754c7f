namespace Kalmar.Sandbox.Tools;

/// <summary>Runs programs of the system. Replaced in tests where the real one would change the machine.</summary>
public interface IToolRunner
{
    /// <summary>Runs a program to its end. Whoever cancels ends the program, too.</summary>
    /// <param name="program">Its name, looked for on PATH and in the sbin folders, or its path.</param>
    /// <param name="arguments">What it is given. Never a key or password: everybody can read a process's arguments.</param>
    /// <param name="input">What it reads from standard input; null for nothing.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="onLine">Called for every line that it ends on standard output and error, while it runs; null to go without.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SandboxException">There is no such program (<see cref="SandboxErrorKind.CephMissing"/>), or it took too long.</exception>
    Task<ToolResult> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        string? input,
        TimeSpan timeout,
        Action<string>? onLine,
        CancellationToken cancellationToken);

    /// <summary>The path of a program, or null when it is not installed.</summary>
    string? Find(string program);
}
