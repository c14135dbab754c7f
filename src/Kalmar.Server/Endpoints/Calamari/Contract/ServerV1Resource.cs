namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A host in v1.</summary>
internal sealed record ServerV1Resource(string? Addr, string Hostname, string Name, IReadOnlyList<ServerV1Service> Services);
