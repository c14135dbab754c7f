using Kalmar.Manager.Clusters;
using Kalmar.Rados;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Asks a cluster for what its snapshot does not hold. Only commands that change nothing go this way; changes are requests. Thread-safe.</summary>
internal interface IClusterQuestions
{
    /// <summary>Asks, or gives what was answered to the same question a moment ago.</summary>
    /// <param name="cluster">Who.</param>
    /// <param name="target">Whom: <c>mon</c>, <c>mon.NAME</c>, <c>mgr</c>, <c>osd.N</c>.</param>
    /// <param name="command">The question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer, be it a no.</returns>
    /// <exception cref="ApiException">503: nobody answers.</exception>
    Task<CommandResult> AskAsync(ClusterSnapshot cluster, string target, CephCommand command, CancellationToken cancellationToken);

    /// <summary>Sends a command of which nobody knows that it is a mere question: never twice, and nothing is kept.</summary>
    /// <param name="cluster">Who.</param>
    /// <param name="target">Whom.</param>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The answer, be it a no.</returns>
    /// <exception cref="ApiException">503: nobody answers.</exception>
    Task<CommandResult> RunAsync(ClusterSnapshot cluster, string target, CephCommand command, CancellationToken cancellationToken);
}
