namespace Kalmar.Server.Pages;

/// <summary>What the sign-in page sends.</summary>
public sealed class SignInForm
{
    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }
}
