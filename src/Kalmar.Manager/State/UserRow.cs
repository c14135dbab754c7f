namespace Kalmar.Manager.State;

/// <summary>A row of table <c>users</c> with the database's types.</summary>
internal sealed class UserRow
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string Role { get; init; }

    public required string PasswordHash { get; init; }

    public required string SecurityStamp { get; init; }

    public long CreatedAt { get; init; }

    public long PasswordChangedAt { get; init; }

    public long? LastSignInAt { get; init; }

    public int FailedSignIns { get; init; }

    public long? LockedUntil { get; init; }

    /// <summary>The row as a user. A role that this program does not know may look only.</summary>
    public User ToUser() => new(
        new UserId(Id),
        Name,
        Email,
        UserRoleNames.TryParse(Role, out UserRole role) ? role : UserRole.ReadOnly,
        PasswordHash,
        SecurityStamp,
        DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(PasswordChangedAt),
        LastSignInAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null)
    {
        FailedSignIns = FailedSignIns,
        LockedUntil = LockedUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
    };
}
