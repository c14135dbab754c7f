namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A daemon on a host in v1.</summary>
internal sealed record ServerV1Service(string Type, string ServiceId, string Name);
