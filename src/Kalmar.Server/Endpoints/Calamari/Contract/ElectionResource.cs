namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>How monitors elect their leader.</summary>
/// <param name="Strategy"><c>classic</c>, <c>disallow</c> or <c>connectivity</c>.</param>
/// <param name="DisallowedLeaders">Monitors that must not lead.</param>
internal sealed record ElectionResource(string Strategy, IReadOnlyList<string> DisallowedLeaders);
