using Kalmar.Manager.Clusters;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Requests of any command: the simplest kind, which ends when the answer is there and, for the monitors' maps, when ours has its version.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class CommandRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>Runs commands one after the other; the first that fails ends it.</summary>
    /// <param name="headline">What it does, for a human.</param>
    /// <param name="commands">The commands and who is told (<c>mon</c>, <c>mgr</c>, <c>osd.3</c>, …); never sent twice.</param>
    public RequestPlan Run(string headline, params IReadOnlyList<(string Target, CephCommand Command)> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        return new RequestPlan
        {
            Kind = RequestKind.Rados,
            Headline = NeedName("headline", headline),
            Steps = [.. commands.Select(c => PlainStep(c.Target, c.Command, c.Command.IsIdempotent) with { Follows = c.Target == "mon" ? MapOf(c.Command.Prefix) : FollowedMap.None })],
            Touches = [.. commands.Select(c => $"cluster '{ClusterName}': '{c.Command.Prefix}' at {c.Target}")],
        };
    }

    /// <summary>The map that a monitors' command changes.</summary>
    /// <param name="prefix">The command's words.</param>
    internal static FollowedMap MapOf(string prefix) => prefix.Split(' ', 2)[0] switch
    {
        "osd" => FollowedMap.OsdMap,
        "mon" => FollowedMap.MonMap,
        "mgr" => FollowedMap.MgrMap,
        "fs" or "mds" => FollowedMap.FsMap,
        _ => FollowedMap.None,
    };
}
