using Kalmar.Wire;

namespace Kalmar.Rados.Monitors;

/// <summary>A picture of a monitor client at one moment.</summary>
/// <param name="State">What it does.</param>
/// <param name="Since">Since when it does that.</param>
/// <param name="Monitor">The monitor's name, or its address while the name is not known; null without a session.</param>
/// <param name="Address">The monitor's address; null without a session.</param>
/// <param name="SinceLastMessage">How long ago anything came from the monitor; null without a session.</param>
/// <param name="SinceLastKeepaliveAck">How long ago it answered a keepalive; null without a session.</param>
/// <param name="LastError">Why the last session ended or the last hunt failed; null when nothing went wrong yet.</param>
/// <param name="Sessions">How many sessions there were.</param>
public sealed record MonitorClientStatus(
    MonitorClientState State,
    DateTimeOffset Since,
    string? Monitor,
    EntityAddress? Address,
    TimeSpan? SinceLastMessage,
    TimeSpan? SinceLastKeepaliveAck,
    Exception? LastError,
    long Sessions);
