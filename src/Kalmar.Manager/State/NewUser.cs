namespace Kalmar.Manager.State;

/// <summary>A user to be made.</summary>
/// <param name="Name">1 to <see cref="User.MaxNameLength"/> characters.</param>
/// <param name="Email">May be empty.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="PasswordHash">Made by the caller; the store never sees a password.</param>
public sealed record NewUser(string Name, string Email, UserRole Role, string PasswordHash)
{
    /// <summary>The name only.</summary>
    public override string ToString() => Name;
}
