using Kalmar.Collectors.Daemons;
using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.History;

/// <summary>The daemons of a cluster that its maps say are up; none while there is no contact.</summary>
internal sealed class SnapshotDaemonDirectory(ClusterMonitor monitor) : IDaemonDirectory
{
    /// <inheritdoc/>
    public IReadOnlyList<DaemonTarget> Daemons
    {
        get
        {
            ClusterSnapshot s = monitor.Snapshot;
            return s.Contact.State == ContactState.Connected
                ? DaemonTargets.From(s.MonMap?.Value, s.Quorum?.Value.Names ?? [], s.OsdMap?.Value, s.MgrMap?.Value, s.FsMap?.Value)
                : [];
        }
    }
}
