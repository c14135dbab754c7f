namespace Kalmar.Server;

/// <summary>The user made on the first start. The password is told once and kept nowhere: print it, then forget it.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Password">The password, in plain text.</param>
public sealed record FirstAdministrator(string Name, string Password)
{
    /// <summary>The name only.</summary>
    public override string ToString() => Name;
}
