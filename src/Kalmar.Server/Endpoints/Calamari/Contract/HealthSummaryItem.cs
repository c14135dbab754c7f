namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A line of the health report as Ceph wrote it before Luminous.</summary>
internal sealed record HealthSummaryItem(string Severity, string Summary);
