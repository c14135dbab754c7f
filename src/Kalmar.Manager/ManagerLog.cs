using Kalmar.Manager.Clusters;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager;

/// <summary>What the manager's parts log. Ids 2000 to 2099.</summary>
internal static partial class ManagerLog
{
    [LoggerMessage(2000, LogLevel.Warning, "cluster {Cluster}: {Reason}")]
    public static partial void ClusterLost(ILogger logger, string cluster, string reason);

    [LoggerMessage(2001, LogLevel.Information, "cluster {Cluster}: contact {Before} -> {After} {Detail}")]
    public static partial void ContactChanged(ILogger logger, string cluster, ContactState before, ContactState after, string detail);

    [LoggerMessage(2002, LogLevel.Warning, "cluster {Cluster}: {What} was refused: {Reason}")]
    public static partial void AnswerRefused(ILogger logger, string cluster, string what, string reason);

    [LoggerMessage(2003, LogLevel.Debug, "cluster {Cluster}: '{Command}' failed: {Reason}")]
    public static partial void CommandFailed(ILogger logger, string cluster, string command, string reason);

    [LoggerMessage(2010, LogLevel.Warning, "history: {Message}")]
    public static partial void WriterNotice(ILogger logger, string message);

    [LoggerMessage(2011, LogLevel.Information, "history: cluster {Cluster} was never reached, so nothing was collected of it")]
    public static partial void NeverCollected(ILogger logger, string cluster);

    [LoggerMessage(2012, LogLevel.Warning, "history: folder {Folder} could not be looked through for new files: {Reason}")]
    public static partial void RescanFailed(ILogger logger, string folder, string reason);

    [LoggerMessage(2020, LogLevel.Error, "request {Request}: its state could not be stored, tried again in {Seconds} s: {Reason}")]
    public static partial void RequestNotStored(ILogger logger, string request, string reason, double seconds);

    [LoggerMessage(2022, LogLevel.Error, "cluster {Cluster}: events could not be stored: {Reason}")]
    public static partial void EventsNotStored(ILogger logger, string cluster, string reason);

    [LoggerMessage(2021, LogLevel.Error, "request {Request} ended by an error in Kalmar")]
    public static partial void RequestBroke(ILogger logger, string request, Exception error);

    [LoggerMessage(2030, LogLevel.Warning, "graphite: tags of {Count} series could not be stored: {Reason}")]
    public static partial void TagsNotStored(ILogger logger, int count, string reason);
}
