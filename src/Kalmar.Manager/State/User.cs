namespace Kalmar.Manager.State;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Id">The number.</param>
/// <param name="Name">What is typed at sign-in; upper and lower case are alike.</param>
/// <param name="Email">May be empty.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="PasswordHash">Never leaves the server.</param>
/// <param name="SecurityStamp">Changes with the password; sessions that carry an older one are over.</param>
/// <param name="CreatedAt">When the user was made.</param>
/// <param name="PasswordChangedAt">When the password was set.</param>
/// <param name="LastSignInAt">When the user last signed in; null is never.</param>
public sealed record User(
    UserId Id,
    string Name,
    string Email,
    UserRole Role,
    string PasswordHash,
    string SecurityStamp,
    DateTimeOffset CreatedAt,
    DateTimeOffset PasswordChangedAt,
    DateTimeOffset? LastSignInAt)
{
    /// <summary>The longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 150;

    /// <summary>Wrong passwords since the last right one.</summary>
    public int FailedSignIns { get; init; }

    /// <summary>Until when signing in is refused; null or past when it is not.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Name and role; nothing that would be a secret.</summary>
    public override string ToString() => $"{Name} ({Role.ToName()})";
}
