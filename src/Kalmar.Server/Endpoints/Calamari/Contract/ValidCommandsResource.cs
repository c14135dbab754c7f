namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>What can be asked of an OSD now.</summary>
internal sealed record ValidCommandsResource(IReadOnlyList<string> ValidCommands);
