namespace Kalmar.Manager.Clusters;

/// <summary>What the monitors say of the cluster's health.</summary>
/// <param name="Status">The overall status.</param>
/// <param name="Checks">Raised checks, the worst first, then by code.</param>
public sealed record HealthReport(HealthSeverity Status, IReadOnlyList<HealthCheck> Checks)
{
    /// <summary>The overall status as Ceph writes it: HEALTH_OK, HEALTH_WARN, HEALTH_ERR.</summary>
    public string StatusText => Status switch
    {
        HealthSeverity.Ok => "HEALTH_OK",
        HealthSeverity.Warning => "HEALTH_WARN",
        _ => "HEALTH_ERR",
    };
}
