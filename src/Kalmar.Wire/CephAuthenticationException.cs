namespace Kalmar.Wire;

/// <summary>The cluster refused who we say we are: wrong key, unknown user, or a method that it does not take.</summary>
/// <param name="errno">The positive errno that the peer gave (13 EACCES, 1 EPERM, 95 EOPNOTSUPP).</param>
/// <param name="message">Who was refused by whom, and what to check. Never holds the key.</param>
public sealed class CephAuthenticationException(int errno, string message) : CephException(message)
{
    /// <summary>The positive errno that the peer gave.</summary>
    public int Errno { get; } = errno;

    /// <summary>Always false: somebody must mend the key or the user.</summary>
    public override bool IsTransient => false;
}
