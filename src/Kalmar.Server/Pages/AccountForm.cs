namespace Kalmar.Server.Pages;

/// <summary>What the account page sends.</summary>
public sealed class AccountForm
{
    /// <summary>The present password.</summary>
    public string? Present { get; set; }

    /// <summary>The new password.</summary>
    public string? New { get; set; }

    /// <summary>The new password once more.</summary>
    public string? Again { get; set; }
}
