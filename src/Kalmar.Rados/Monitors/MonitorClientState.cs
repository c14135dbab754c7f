namespace Kalmar.Rados.Monitors;

/// <summary>What a monitor client is doing.</summary>
public enum MonitorClientState
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Looking for a monitor.</summary>
    Hunting,

    /// <summary>In session with one.</summary>
    Connected,

    /// <summary>Disposed of.</summary>
    Closed,
}
