namespace Kalmar.Rados.Maps;

/// <summary>Names of MDS states as Ceph prints them.</summary>
public static class MdsStateNames
{
    /// <summary>The name behind <c>up:</c> or <c>down:</c> included, for example <c>up:active</c>.</summary>
    /// <param name="state">The state.</param>
    public static string ToName(this MdsState state) => state switch
    {
        MdsState.Nonexistent => "down:dne",
        MdsState.Stopped => "down:stopped",
        MdsState.Damaged => "down:damaged",
        MdsState.Boot => "up:boot",
        MdsState.Standby => "up:standby",
        MdsState.StandbyReplay => "up:standby-replay",
        MdsState.ReplayOnce => "up:oneshot-replay",
        MdsState.Creating => "up:creating",
        MdsState.Starting => "up:starting",
        MdsState.Replay => "up:replay",
        MdsState.Resolve => "up:resolve",
        MdsState.Reconnect => "up:reconnect",
        MdsState.Rejoin => "up:rejoin",
        MdsState.ClientReplay => "up:clientreplay",
        MdsState.Active => "up:active",
        MdsState.Stopping => "up:stopping",
        _ => $"unknown:{(int)state}",
    };
}
