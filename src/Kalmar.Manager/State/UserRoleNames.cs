namespace Kalmar.Manager.State;

/// <summary>The names of roles in the API, in claims and in the database: Calamari's.</summary>
public static class UserRoleNames
{
    /// <summary>The role's name.</summary>
    /// <param name="role">The role.</param>
    public static string ToName(this UserRole role) => role switch
    {
        UserRole.ReadOnly => "readonly",
        UserRole.ReadWrite => "read/write",
        UserRole.Superuser => "superuser",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "no such role"),
    };

    /// <summary>The role of a name.</summary>
    /// <param name="name">As <see cref="ToName"/> writes it.</param>
    /// <param name="role">The role.</param>
    /// <returns>False when there is no such role.</returns>
    public static bool TryParse(string? name, out UserRole role)
    {
        UserRole? found = name switch
        {
            "readonly" => UserRole.ReadOnly,
            "read/write" => UserRole.ReadWrite,
            "superuser" => UserRole.Superuser,
            _ => null,
        };
        role = found.GetValueOrDefault();
        return found is not null;
    }
}
