namespace Kalmar.Collectors.Clusters;

/// <summary>A cluster's health as the number that its series has.</summary>
public enum HealthLevel
{
    /// <summary>HEALTH_OK.</summary>
    Ok = 0,

    /// <summary>HEALTH_WARN.</summary>
    Warning = 1,

    /// <summary>HEALTH_ERR.</summary>
    Error = 2,
}
