namespace Kalmar.Manager.State;

/// <summary>A row of table <c>api_tokens</c> with the database's types.</summary>
internal sealed class ApiTokenRow
{
    public long Id { get; init; }

    public long UserId { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? LastUsedAt { get; init; }

    /// <summary>The row as a token. A role that this program does not know may look only.</summary>
    public ApiToken ToToken() => new(
        Id,
        new UserId(UserId),
        Name,
        UserRoleNames.TryParse(Role, out UserRole role) ? role : UserRole.ReadOnly,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) : null,
        LastUsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null);
}
