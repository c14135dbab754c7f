namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A setting of the monitors' running configuration.</summary>
internal sealed record ConfigResource(string Key, string Value);
