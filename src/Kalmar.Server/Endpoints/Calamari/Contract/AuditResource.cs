namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A line of the audit log.</summary>
internal sealed record AuditResource(
    long Sequence, DateTimeOffset At, string Actor, string Address, string Action, string Outcome, string Object, string Cluster, string Detail, string Hash);
