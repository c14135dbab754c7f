namespace Kalmar.Graphite.Cluster;

/// <summary>The form in which another server is asked for its answers.</summary>
public enum RemoteFormat
{
    /// <summary>MessagePack, which graphite-web speaks since 1.1.</summary>
    MessagePack,

    /// <summary>Python's pickle, which older ones speak. Read as data: nothing in it is run.</summary>
    Pickle,
}
