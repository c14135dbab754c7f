namespace Kalmar.Wire.Messages;

/// <summary>What a <see cref="DaemonHealthMetric"/> counts.</summary>
public enum DaemonHealthMetricType
{
    /// <summary>Operations that take too long.</summary>
    SlowOps = 0,

    /// <summary>PGs that wait to be created.</summary>
    PendingCreatingPgs = 1,
}
