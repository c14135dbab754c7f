namespace Kalmar.Manager.Clusters;

/// <summary>Ceph's names of the health states.</summary>
public static class HealthSeverityNames
{
    /// <summary>The state as Ceph writes it: HEALTH_OK, HEALTH_WARN, HEALTH_ERR.</summary>
    /// <param name="severity">The state.</param>
    public static string ToName(this HealthSeverity severity) => severity switch
    {
        HealthSeverity.Ok => "HEALTH_OK",
        HealthSeverity.Warning => "HEALTH_WARN",
        _ => "HEALTH_ERR",
    };
}
