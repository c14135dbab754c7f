namespace Kalmar.Sandbox;

/// <summary>A sandbox could not do what it was asked. The message is one line: what, where, and what to do. It never holds a key.</summary>
/// <param name="kind">What went wrong.</param>
/// <param name="message">One line for an operator.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class SandboxException(SandboxErrorKind kind, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong.</summary>
    public SandboxErrorKind Kind { get; } = kind;
}
