namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>Whether an OSD takes a command now.</summary>
internal sealed record CommandValidityResource(bool Valid);
