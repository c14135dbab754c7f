namespace Kalmar.Manager.Events;

/// <summary>What kinds of events there are; the words stand in the store and in the API.</summary>
public static class EventKinds
{
    /// <summary>Kalmar was started.</summary>
    public const string ServerStarted = "kalmar.started";

    /// <summary>A request was taken.</summary>
    public const string RequestStarted = "request.started";

    /// <summary>A request reached its end and did what it should.</summary>
    public const string RequestSucceeded = "request.succeeded";

    /// <summary>A request reached its end and did not do what it should.</summary>
    public const string RequestFailed = "request.failed";

    /// <summary>No contact to a cluster, or contact again.</summary>
    public const string ClusterContact = "cluster.contact";

    /// <summary>The overall health changed.</summary>
    public const string ClusterHealth = "cluster.health";

    /// <summary>A health check appeared, changed, was cleared, muted or unmuted.</summary>
    public const string HealthCheck = "health.check";

    /// <summary>An OSD came into the map or left it.</summary>
    public const string OsdExists = "osd.exists";

    /// <summary>An OSD came up or went down.</summary>
    public const string OsdUp = "osd.up";

    /// <summary>An OSD was marked in or out, or re-weighted.</summary>
    public const string OsdIn = "osd.in";

    /// <summary>A pool was made, removed or renamed.</summary>
    public const string Pool = "pool";

    /// <summary>A monitor joined or left the quorum, or leads it now.</summary>
    public const string MonQuorum = "mon.quorum";

    /// <summary>Placement groups entered or left a state that matters.</summary>
    public const string PgState = "pg.state";

    /// <summary>The used share of a cluster, pool or OSD crossed a threshold.</summary>
    public const string Capacity = "capacity";

    /// <summary>Operations became slow, or are no longer.</summary>
    public const string SlowOps = "slow.ops";

    /// <summary>A daemon runs another version.</summary>
    public const string Version = "daemon.version";

    /// <summary>A host came, left, rebooted or fell silent.</summary>
    public const string Server = "server";

    /// <summary>Another manager is active.</summary>
    public const string Manager = "mgr.active";

    /// <summary>A cluster flag (noout, …) was set or cleared.</summary>
    public const string Flag = "osd.flag";

    /// <summary>The disk of the history or of its journal takes no points, or takes them again.</summary>
    public const string HistoryDisk = "history.disk";
}
