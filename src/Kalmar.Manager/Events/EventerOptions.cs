namespace Kalmar.Manager.Events;

/// <summary>How events are made and kept. Immutable.</summary>
public sealed record EventerOptions
{
    /// <summary>How long events are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long changes are gathered before they are compared.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromMilliseconds(250);
}
