using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Events.Differences;

/// <summary>What events tell of a health check.</summary>
internal sealed record CheckEssence(HealthSeverity Severity, string Summary, long Count, bool IsMuted);
