namespace Kalmar.Rados.Maps;

/// <summary>What a metadata server does; the numbers are Ceph's.</summary>
public enum MdsState
{
    /// <summary>"null": a value that no daemon has.</summary>
    None = -10,

    /// <summary>"up:oneshot-replay": reads the journal once, to check it.</summary>
    ReplayOnce = -9,

    /// <summary>"up:standby-replay": follows the journal of an active one.</summary>
    StandbyReplay = -8,

    /// <summary>"up:starting": takes up a rank that was stopped before.</summary>
    Starting = -7,

    /// <summary>"up:creating": makes a new rank.</summary>
    Creating = -6,

    /// <summary>"up:standby": waits for a rank.</summary>
    Standby = -5,

    /// <summary>"up:boot": has just started.</summary>
    Boot = -4,

    /// <summary>"down:stopped": gave its rank back.</summary>
    Stopped = -1,

    /// <summary>"down:dne": is not there.</summary>
    Nonexistent = 0,

    /// <summary>"up:replay": reads the journal of the rank that it takes over.</summary>
    Replay = 8,

    /// <summary>"up:resolve": settles with other ranks what was under way.</summary>
    Resolve = 9,

    /// <summary>"up:reconnect": waits for clients to come back.</summary>
    Reconnect = 10,

    /// <summary>"up:rejoin": joins the other ranks' caches.</summary>
    Rejoin = 11,

    /// <summary>"up:clientreplay": repeats what clients had asked for.</summary>
    ClientReplay = 12,

    /// <summary>"up:active": serves its rank.</summary>
    Active = 13,

    /// <summary>"up:stopping": hands its rank over.</summary>
    Stopping = 14,

    /// <summary>"down:damaged": its rank needs repair.</summary>
    Damaged = 15,
}
