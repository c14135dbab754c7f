namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A monitor.</summary>
internal sealed record MonResource(string Name, int Rank, bool InQuorum, string? Server, string Addr, bool Leader);
