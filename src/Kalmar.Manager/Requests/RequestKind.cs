namespace Kalmar.Manager.Requests;

/// <summary>Kinds of requests, with Calamari's names where it had them. The names stand in the store.</summary>
public enum RequestKind
{
    /// <summary>Commands whose answer is all that is waited for.</summary>
    Rados,

    /// <summary>Also waits until our own OSD map has the epoch of the change.</summary>
    OsdMapModifying,

    /// <summary>Also waits until the new pool's PGs have been created.</summary>
    PoolCreating,

    /// <summary>Grows pg_num in blocks, and waits for the PGs of each.</summary>
    PgCreating,

    /// <summary>Changes the CRUSH map.</summary>
    Crush,

    /// <summary>Changes monitors.</summary>
    Monitor,

    /// <summary>Changes managers or their modules.</summary>
    Manager,

    /// <summary>Changes the configuration database or a running daemon's options.</summary>
    Config,

    /// <summary>Changes cephx users.</summary>
    Auth,

    /// <summary>Changes file systems or metadata servers.</summary>
    FileSystem,

    /// <summary>Changes RBD images.</summary>
    Rbd,

    /// <summary>Changes object gateways.</summary>
    Rgw,

    /// <summary>Scrubs or repairs.</summary>
    Scrub,
}
