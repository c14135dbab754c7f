using System.Globalization;
using Kalmar.Collectors.Daemons;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Manager.History;

/// <summary>Asks daemons over the wire, and notes that they answered.</summary>
internal sealed class ClusterDaemonCommands(ClusterMonitor monitor) : IDaemonCommands
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ExecuteAsync(DaemonTarget target, string prefix, CancellationToken cancellationToken)
    {
        RadosCluster cluster = monitor.Cluster ?? throw new CephConnectionException("there is no contact to the cluster");
        CephCommand command = CephCommand.Query(prefix);
        CommandResult result = await (target.Type switch
        {
            EntityType.Osd => cluster.TellOsdAsync(new OsdId(int.Parse(target.Id, CultureInfo.InvariantCulture)), command, Timeout, cancellationToken),
            EntityType.Mon => cluster.TellMonAsync(target.Id, command, Timeout, cancellationToken),
            EntityType.Mgr => cluster.TellMgrAsync(command, Timeout, cancellationToken),
            EntityType.Mds => cluster.TellMdsAsync(target.Id, command, Timeout, cancellationToken),
            _ => throw new CephConnectionException($"{target.Name} takes no commands"),
        }).ConfigureAwait(false);
        monitor.Heard(new DaemonName(target.Type.ToWireName(), target.Id));
        return result.EnsureSuccess().Output;
    }
}
