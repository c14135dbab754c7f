namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A request.</summary>
internal sealed record RequestResource(
    string Id, string State, bool Error, string ErrorMessage, string Headline, string? Status, DateTimeOffset RequestedAt, DateTimeOffset? CompletedAt);
