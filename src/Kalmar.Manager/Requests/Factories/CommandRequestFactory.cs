using Kalmar.Manager.Clusters;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Requests of any command: the simplest kind, which ends when the answer is there and, for the monitors' maps, when ours has its version.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class CommandRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    private const int MaxLine = 400;

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

    /// <summary>Runs a command line of <c>ceph</c>, once, and keeps its answer for the one who asked.</summary>
    /// <param name="words">The line.</param>
    /// <param name="target">Who is told: <c>mon</c> or <c>mgr</c>.</param>
    /// <param name="command">What the line means.</param>
    /// <param name="isSensitive">Whether it may hold or give out a secret: then only the command's own words are written down.</param>
    public RequestPlan Line(IReadOnlyList<string> words, string target, CephCommand command, bool isSensitive)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(command);
        isSensitive |= words[0].StartsWith("config", StringComparison.Ordinal) && words.Any(ConfigRequestFactory.MayBeSecret);
        string line = isSensitive ? command.Prefix : string.Concat(string.Join(' ', words).Select(c => char.IsControl(c) ? ' ' : c));
        return Run($"Running 'ceph {(line.Length > MaxLine ? line[..MaxLine] + "…" : line)}'", (target, command)) with { KeepsOutput = true, IsSensitive = isSensitive };
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
