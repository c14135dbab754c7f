namespace Kalmar.Wire.Messages;

/// <summary>How bad a health check is, with Ceph's values.</summary>
public enum HealthCheckSeverity
{
    /// <summary>HEALTH_ERR.</summary>
    Error = 0,

    /// <summary>HEALTH_WARN.</summary>
    Warning = 1,

    /// <summary>HEALTH_OK.</summary>
    Ok = 2,
}
