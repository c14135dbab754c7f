namespace Kalmar.Wire;

/// <summary>Kinds of entities in a cluster, with Ceph's bit values (they are also used as a mask of services).</summary>
[Flags]
public enum EntityType
{
    /// <summary>No kind.</summary>
    None = 0,

    /// <summary>Monitor.</summary>
    Mon = 1,

    /// <summary>Metadata server.</summary>
    Mds = 2,

    /// <summary>Object storage daemon.</summary>
    Osd = 4,

    /// <summary>Client, radosgw among them.</summary>
    Client = 8,

    /// <summary>Manager.</summary>
    Mgr = 16,

    /// <summary>The authentication service of the monitors.</summary>
    Auth = 32,
}
