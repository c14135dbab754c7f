namespace Kalmar.Rados.Maps;

/// <summary>What the autoscaler does with a pool's number of PGs, with Ceph's numbers.</summary>
public enum PgAutoscaleMode
{
    /// <summary>Nothing.</summary>
    Off = 0,

    /// <summary>It warns.</summary>
    Warn = 1,

    /// <summary>It changes the number.</summary>
    On = 2,
}
