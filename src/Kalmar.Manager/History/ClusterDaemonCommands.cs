using Kalmar.Collectors.Daemons;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Manager.History;

/// <summary>Asks daemons over the wire, and tells the cluster's monitor who answered and who must not.</summary>
internal sealed class ClusterDaemonCommands(ClusterMonitor monitor) : IDaemonCommands
{
    private const int OperationNotPermitted = 1;
    private const int AccessDenied = 13;

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ExecuteAsync(DaemonTarget target, string prefix, CancellationToken cancellationToken)
    {
        RadosCluster cluster = monitor.Cluster ?? throw new CephConnectionException("there is no contact to the cluster");
        string type = target.Type.ToWireName();
        string what = $"perf counters of {type}s";
        try
        {
            ReadOnlyMemory<byte> answer = await new RadosDaemonCommands(cluster).ExecuteAsync(target, prefix, cancellationToken).ConfigureAwait(false);
            monitor.Heard(new DaemonName(type, target.Id));
            monitor.NoteAllowed(what);
            return answer;
        }
        catch (CephException e) when (e is CephAuthenticationException or CephServerException { Errno: OperationNotPermitted or AccessDenied })
        {
            monitor.NoteMissing(new MissingPrivilege(what, Needs(target.Type), e.Message));
            throw;
        }
    }

    private static string Needs(EntityType type) => type == EntityType.Mon
        ? "mon 'allow r, allow command \"perf dump\", allow command \"perf schema\"'"
        : $"{type.ToWireName()} 'allow *'";
}
