namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>Lines of a log, the newest last.</summary>
internal sealed record LinesResource(string Lines);
