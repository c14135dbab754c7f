namespace Kalmar.Wire.Messages;

/// <summary>How important a line of the cluster log is, with Ceph's values.</summary>
public enum LogLevel
{
    /// <summary>Debug.</summary>
    Debug = 0,

    /// <summary>Information.</summary>
    Info = 1,

    /// <summary>Security.</summary>
    Security = 2,

    /// <summary>Warning.</summary>
    Warning = 3,

    /// <summary>Error.</summary>
    Error = 4,
}
