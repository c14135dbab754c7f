using Kalmar.Manager.Requests.Conditions;

namespace Kalmar.Manager.Requests;

/// <summary>One command of a request and what it must have brought about before the next one is sent.</summary>
public sealed record RequestStep
{
    /// <summary>Who is told: <c>mon</c> (the quorum), <c>mgr</c> (the active one), <c>osd.3</c>, <c>mon.a</c>, <c>mgr.x</c>, <c>mds.a</c>.</summary>
    public string Target { get; init; } = "mon";

    /// <summary>The command as it is sent, a JSON object.</summary>
    public required string Command { get; init; }

    /// <summary>The command's input; empty for most.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>
    /// True when sending it twice has the same effect as sending it once. When nobody knows whether it ran, such a command is sent again if
    /// the map does not show its effect; any other is never sent twice, and the request fails truthfully.
    /// </summary>
    public bool IsRepeatable { get; init; }

    /// <summary>How our map shows that the command took effect; null when no map shows it. Also waited for after the answer.</summary>
    public MapCondition? Done { get; init; }

    /// <summary>Which map's version the command's answer carries, and is waited for.</summary>
    public FollowedMap Follows { get; init; }

    /// <summary>The name of a pool whose PGs must all have been created before the next step; empty for none.</summary>
    public string SettledPool { get; init; } = "";

    /// <summary>What is being done, for the status line; empty for the command's words.</summary>
    public string Status { get; init; } = "";

    /// <summary>What to do when Ceph refuses, put behind its words; empty for nothing.</summary>
    public string Advice { get; init; } = "";

    /// <summary>How long the step may take: answer, epoch and effect together.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}
