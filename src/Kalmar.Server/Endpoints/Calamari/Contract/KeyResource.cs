namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A host that asked to be managed.</summary>
internal sealed record KeyResource(string Id, string Status);
