namespace Kalmar.Manager.Events;

/// <summary>How bad an event is, with Calamari's numbers: the smaller the worse.</summary>
public enum EventSeverity
{
    /// <summary>CRITICAL.</summary>
    Critical = 1,

    /// <summary>ERROR.</summary>
    Error = 2,

    /// <summary>WARNING.</summary>
    Warning = 3,

    /// <summary>RECOVERY: something is well again.</summary>
    Recovery = 4,

    /// <summary>INFO.</summary>
    Info = 5,
}
