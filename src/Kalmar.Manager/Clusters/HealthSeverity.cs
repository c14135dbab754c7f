namespace Kalmar.Manager.Clusters;

/// <summary>Ceph's three health states, ordered from good to bad.</summary>
public enum HealthSeverity
{
    /// <summary>HEALTH_OK.</summary>
    Ok,

    /// <summary>HEALTH_WARN.</summary>
    Warning,

    /// <summary>HEALTH_ERR.</summary>
    Error,
}
