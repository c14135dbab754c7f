using System.Net.Sockets;
using Kalmar.Manager.State;
using Kalmar.Rados.Configuration;
using Kalmar.Sandbox;
using Kalmar.Wire;

namespace Kalmar.Cli;

/// <summary>An expected failure as the user sees it: one line and an exit code.</summary>
/// <param name="Message">What was wrong, where, and what to do; one line.</param>
/// <param name="ExitCode">One of <see cref="Cli.ExitCode"/>.</param>
public sealed record CommandFailure(string Message, int ExitCode)
{
    /// <summary>The failure behind an exception; null for a fault of ours, which is to be seen with its stack trace in a bug report.</summary>
    /// <param name="exception">What a command threw.</param>
    public static CommandFailure? From(Exception exception) => exception switch
    {
        CommandException e => new(OneLine(e.Message), e.ExitCode),
        OperationCanceledException => new("interrupted", Cli.ExitCode.Interrupted),
        CephAuthenticationException e => new(OneLine(e.Message), Cli.ExitCode.NoPermission),
        CephServerException { Errno: 1 or 13 } e => new(OneLine(e.Message), Cli.ExitCode.NoPermission),
        CephServerException e => new(OneLine(e.Message), Cli.ExitCode.Failed),
        CephConfigurationException e => new(OneLine(e.Message), Cli.ExitCode.Configuration),
        CephException e => new(OneLine(e.Message), Cli.ExitCode.Unavailable),
        SandboxException e => new(OneLine(e.Message), e.Kind switch
        {
            SandboxErrorKind.InvalidOptions or SandboxErrorKind.WrongFolder or SandboxErrorKind.NoSuchDaemon => Cli.ExitCode.Usage,
            SandboxErrorKind.DiskFull => Cli.ExitCode.Io,
            _ => Cli.ExitCode.Unavailable,
        }),
        SocketException e => new(OneLine(e.Message), Cli.ExitCode.Unavailable),
        UnauthorizedAccessException e => new(OneLine(e.Message), Cli.ExitCode.NoPermission),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } e =>
            new($"{OneLine(e.Message)} Choose another address with --listen.", Cli.ExitCode.Unavailable),
        StateStoreException e => new(OneLine(e.Message), Cli.ExitCode.Io),
        IOException e => new(OneLine(e.Message), Cli.ExitCode.Io),
        TimeoutException e => new(OneLine(e.Message), Cli.ExitCode.Unavailable),
        _ => new($"internal fault: {exception.GetType().Name}: {OneLine(exception.Message)} (KALMAR_TRACE=1 shows where)", Cli.ExitCode.Internal),
    };

    private static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
