using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Api;

/// <summary>Health.</summary>
/// <param name="Status">HEALTH_OK, HEALTH_WARN or HEALTH_ERR.</param>
/// <param name="Checks">What is raised, muted ones too.</param>
internal sealed record HealthStatus(string Status, IReadOnlyList<HealthCheckStatus> Checks)
{
    public static HealthStatus Of(HealthReport health) => new(health.StatusText, [.. health.Checks.Select(c => new HealthCheckStatus(
        c.Code, c.Severity.ToName(), c.Summary, c.Count, c.Detail, c.Muted))]);
}
