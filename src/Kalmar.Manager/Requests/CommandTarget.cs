using System.Globalization;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests;

/// <summary>Sends a command to the one that a request's step names.</summary>
internal static class CommandTarget
{
    /// <summary>Sends and waits for the answer.</summary>
    /// <exception cref="FormatException">The target is none.</exception>
    /// <exception cref="CephException">No answer, or a refusal.</exception>
    public static Task<CommandResult> SendAsync(
        RadosCluster cluster, string target, CephCommand command, ReadOnlyMemory<byte> input, TimeSpan timeout, CancellationToken cancellationToken)
    {
        int dot = target.IndexOf('.', StringComparison.Ordinal);
        string id = dot < 0 ? "" : target[(dot + 1)..];
        return (dot < 0 ? target : target[..dot], id) switch
        {
            ("mon", "") => cluster.CommandAsync(command, input, timeout, cancellationToken),
            ("mgr", "") => cluster.MgrCommandAsync(command, input, timeout, cancellationToken),
            ("mon", _) => cluster.TellMonAsync(id, command, timeout, cancellationToken),
            ("mgr", _) => cluster.TellMgrAsync(command, timeout, cancellationToken),
            ("mds", { Length: > 0 }) => cluster.TellMdsAsync(id, command, timeout, cancellationToken),
            ("osd", _) when int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int osd) =>
                cluster.TellOsdAsync(new OsdId(osd), command, timeout, cancellationToken),
            _ => throw new FormatException($"'{target}' is no target; expected mon, mgr, mon.a, mgr.x, osd.3 or mds.a"),
        };
    }
}
