namespace Kalmar.Manager.State;

/// <summary>What shall be changed about a user. Null leaves it as it is.</summary>
/// <param name="Name">A new name.</param>
/// <param name="Email">A new e-mail address; may be empty.</param>
/// <param name="Role">A new role.</param>
public sealed record UserChange(string? Name = null, string? Email = null, UserRole? Role = null);
