namespace Kalmar.Sandbox;

/// <summary>The kinds of daemon that a sandbox runs, in the order in which they are started.</summary>
public enum SandboxDaemonKind
{
    /// <summary>A monitor (ceph-mon).</summary>
    Monitor,

    /// <summary>A manager (ceph-mgr).</summary>
    Manager,

    /// <summary>An OSD (ceph-osd).</summary>
    Osd,

    /// <summary>A metadata server (ceph-mds).</summary>
    MetadataServer,

    /// <summary>An object gateway (radosgw).</summary>
    ObjectGateway,
}
