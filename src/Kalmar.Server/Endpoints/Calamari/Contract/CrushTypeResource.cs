namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A type of bucket.</summary>
internal sealed record CrushTypeResource(int Id, string Name);
