namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>One line to the caller.</summary>
internal sealed record MessageResource(string Message);
