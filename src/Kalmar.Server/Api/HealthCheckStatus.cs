namespace Kalmar.Server.Api;

/// <summary>A health check that is raised.</summary>
internal sealed record HealthCheckStatus(string Code, string Severity, string Summary, long Count, IReadOnlyList<string> Detail, bool Muted);
