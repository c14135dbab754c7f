namespace Kalmar.Cli;

/// <summary>A command cannot go on, for a reason that the user can mend.</summary>
/// <param name="message">What was wrong, where, and what to do.</param>
/// <param name="exitCode">One of <see cref="Cli.ExitCode"/>.</param>
/// <param name="innerException">The cause, if another exception was.</param>
public sealed class CommandException(string message, int exitCode, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
