namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>An event. The first three members are Calamari's.</summary>
internal sealed record EventResource(DateTimeOffset When, string Severity, string Message, long Id, string Kind, string? Cluster, string? Entity, string? Server);
