using Microsoft.Extensions.Hosting;

namespace Kalmar.Cli.Hosting;

/// <summary>Leaves signals alone: the command that runs the host handles them.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
