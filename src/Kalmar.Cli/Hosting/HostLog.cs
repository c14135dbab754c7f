using Kalmar.Carbon.Writing;
using Microsoft.Extensions.Logging;

namespace Kalmar.Cli.Hosting;

/// <summary>What the host logs.</summary>
internal static partial class HostLog
{
    [LoggerMessage(9000, LogLevel.Information, "carbon: {Message}")]
    public static partial void CarbonNotice(ILogger logger, string message);

    [LoggerMessage(9001, LogLevel.Warning, "carbon: {Kind}: {Message}")]
    public static partial void CarbonWarning(ILogger logger, WriterNoticeKind kind, string message);
}
