using System.Globalization;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Collectors.Daemons;

/// <summary>Sends commands to daemons over Ceph's own wire, as <c>ceph tell</c> does.</summary>
/// <remarks>
/// A key that may only read is refused by every daemon (tried with 16.2.15). Monitors take <c>allow r, allow command "perf dump", allow
/// command "perf schema"</c>; OSDs and mgrs can be told only by those who may do everything there: <c>allow *</c>.
/// </remarks>
/// <param name="cluster">The connected cluster; stays the caller's.</param>
public sealed class RadosDaemonCommands(RadosCluster cluster) : IDaemonCommands
{
    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> ExecuteAsync(DaemonTarget target, string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        CephCommand command = CephCommand.Query(prefix);
        CommandResult result = await (target.Type switch
        {
            EntityType.Mon => cluster.TellMonAsync(target.Id, command, cancellationToken: cancellationToken),
            EntityType.Osd => cluster.TellOsdAsync(
                new OsdId(int.Parse(target.Id, NumberStyles.None, CultureInfo.InvariantCulture)), command, cancellationToken: cancellationToken),
            EntityType.Mgr => cluster.TellMgrAsync(command, cancellationToken: cancellationToken),
            EntityType.Mds => cluster.TellMdsAsync(target.Id, command, cancellationToken: cancellationToken),
            _ => throw new ArgumentException($"{target.Name} is no daemon that can be told", nameof(target)),
        }).ConfigureAwait(false);
        return result.EnsureSuccess().Output;
    }
}
