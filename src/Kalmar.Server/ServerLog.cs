using System.Net;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server;

/// <summary>What the server logs; ids 7000 to 7099. Never a password, a cookie or a token, and no name that was typed by somebody unknown.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(7000, LogLevel.Information, "User {User} signed in from {Address}")]
    public static partial void SignedIn(ILogger logger, string user, IPAddress? address);

    [LoggerMessage(7001, LogLevel.Warning, "Wrong password for user {User} from {Address}")]
    public static partial void WrongPassword(ILogger logger, string user, IPAddress? address);

    [LoggerMessage(7002, LogLevel.Warning, "Sign-in of an unknown user from {Address}")]
    public static partial void UnknownUser(ILogger logger, IPAddress? address);

    [LoggerMessage(7003, LogLevel.Warning, "Sign-in from {Address} refused for {Seconds} s after repeated failures")]
    public static partial void Throttled(ILogger logger, IPAddress? address, long seconds);

    [LoggerMessage(7004, LogLevel.Information, "User {User} signed out")]
    public static partial void SignedOut(ILogger logger, string user);

    [LoggerMessage(7005, LogLevel.Information, "User {User} changed the password")]
    public static partial void PasswordChanged(ILogger logger, string user);

    [LoggerMessage(7006, LogLevel.Error, "The stored password hash of user {User} is damaged: set the password anew")]
    public static partial void DamagedHash(ILogger logger, string user);

    [LoggerMessage(7007, LogLevel.Information, "Made user {User}, because there was none")]
    public static partial void FirstUser(ILogger logger, string user);

    [LoggerMessage(7010, LogLevel.Error, "Request {Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(7011, LogLevel.Warning, "{Count} live pages are open, no more are taken")]
    public static partial void TooManyStreams(ILogger logger, int count);

    [LoggerMessage(7012, LogLevel.Warning, "History of {What} cannot be drawn: {Reason}")]
    public static partial void HistoryRefused(ILogger logger, string what, string reason);

    [LoggerMessage(7013, LogLevel.Error, "History of {What} cannot be read")]
    public static partial void HistoryFailed(ILogger logger, string what, Exception exception);
}
