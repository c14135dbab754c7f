namespace Kalmar.Manager.Clusters;

/// <summary>One of the cluster's health checks that is raised now.</summary>
/// <param name="Code">Ceph's code, for example <c>OSD_DOWN</c>.</param>
/// <param name="Severity">Warning or error.</param>
/// <param name="Summary">One line.</param>
/// <param name="Count">How many things it is about.</param>
/// <param name="Detail">A line for each of them, as far as Ceph tells.</param>
/// <param name="Muted">True when an operator muted it; it then does not count in the overall status.</param>
public sealed record HealthCheck(
    string Code, HealthSeverity Severity, string Summary, long Count, IReadOnlyList<string> Detail, bool Muted);
