namespace Kalmar.Rados.Monitors;

/// <summary>What monitors can be subscribed to.</summary>
public static class SubscriptionNames
{
    /// <summary>MMonMap.</summary>
    public const string MonMap = "monmap";

    /// <summary>MOsdMap: one full map, then increments.</summary>
    public const string OsdMap = "osdmap";

    /// <summary>MMgrMap.</summary>
    public const string MgrMap = "mgrmap";

    /// <summary>MMgrDigest; for managers.</summary>
    public const string MgrDigest = "mgrdigest";

    /// <summary>MServiceMap.</summary>
    public const string ServiceMap = "servicemap";

    /// <summary>MFsMap.</summary>
    public const string FsMap = "fsmap";

    /// <summary>MConfig: what the monitors' configuration store holds for us.</summary>
    public const string Config = "config";

    /// <summary>MLog: the cluster log from level info on.</summary>
    public const string LogInfo = "log-info";

    /// <summary>MLog: the cluster log from level warn on.</summary>
    public const string LogWarn = "log-warn";

    /// <summary>MLog: the cluster log from level debug on.</summary>
    public const string LogDebug = "log-debug";

    /// <summary>What the names of all subscriptions to the cluster log start with.</summary>
    internal const string LogPrefix = "log-";

    /// <summary>What the names of subscriptions to the key-value store start with; the key's prefix follows.</summary>
    internal const string KvPrefix = "kv:";
}
