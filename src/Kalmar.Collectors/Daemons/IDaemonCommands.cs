namespace Kalmar.Collectors.Daemons;

/// <summary>Sends a command to one daemon: over the wire, through an admin socket, or from a file in a test. Called from many threads at once.</summary>
public interface IDaemonCommands
{
    /// <summary>Runs a command that takes no arguments and returns its JSON.</summary>
    /// <param name="target">The daemon.</param>
    /// <param name="prefix">The command: <c>perf dump</c>, <c>perf schema</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The output, UTF-8.</returns>
    /// <exception cref="Kalmar.Wire.CephException">The daemon could not be reached, or said no.</exception>
    Task<ReadOnlyMemory<byte>> ExecuteAsync(DaemonTarget target, string prefix, CancellationToken cancellationToken);
}
