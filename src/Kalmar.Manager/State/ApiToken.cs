namespace Kalmar.Manager.State;

/// <summary>A token with which a program acts for a user. The token itself is told once and kept nowhere; the store has its hash.</summary>
/// <param name="Id">The number.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Role">What it may do, within what its user may.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null is never.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null is never.</param>
public sealed record ApiToken(
    long Id, UserId User, string Name, UserRole Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
