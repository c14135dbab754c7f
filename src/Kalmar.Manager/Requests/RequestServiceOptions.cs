namespace Kalmar.Manager.Requests;

/// <summary>How requests are run. Immutable.</summary>
public sealed record RequestServiceOptions
{
    /// <summary>How many requests may wait or run at once; more are refused.</summary>
    public int MaxPending { get; init; } = 1000;

    /// <summary>How many run at once; the others wait.</summary>
    public int MaxRunning { get; init; } = 32;

    /// <summary>How long the contact to a cluster may be lost until its requests fail. Longer than an election.</summary>
    public TimeSpan LostContactGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a command whose answer never came is given to show its effect in the map, once the monitors are there again, until it counts
    /// as not run.
    /// </summary>
    public TimeSpan JudgeGrace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a request that was running when Kalmar ended waits for its cluster after a start.</summary>
    public TimeSpan ResumeContact { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a command's output is kept for the one who asked.</summary>
    public TimeSpan OutputLifetime { get; init; } = TimeSpan.FromMinutes(10);
}
