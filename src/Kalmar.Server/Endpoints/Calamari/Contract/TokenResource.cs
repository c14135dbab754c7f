using System.Text.Json.Serialization;

namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>An API token. The token itself stands only in the answer that made it.</summary>
internal sealed record TokenResource(
    long Id,
    string Name,
    string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null);
