namespace Kalmar.Wire;

/// <summary>A daemon understood us and said no: a command failed, a login was refused.</summary>
/// <param name="errno">The positive errno, as Linux numbers it (13 = EACCES).</param>
/// <param name="message">What was refused, by whom, and the daemon's own words.</param>
/// <param name="command">The command's prefix, when it was a command.</param>
public sealed class CephServerException(int errno, string message, string? command = null) : CephException(message)
{
    /// <summary>The positive errno, as Linux numbers it (2 ENOENT, 11 EAGAIN, 13 EACCES, 22 EINVAL, 110 ETIMEDOUT).</summary>
    public int Errno { get; } = errno;

    /// <summary>The command's prefix, or null when it was no command.</summary>
    public string? Command { get; } = command;

    /// <summary>True for EAGAIN, EBUSY, EINTR and ETIMEDOUT.</summary>
    public override bool IsTransient => Errno is 4 or 11 or 16 or 110;
}
