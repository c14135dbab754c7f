namespace Kalmar.Collectors;

/// <summary>How one collector has been doing. Immutable; <see cref="CollectorRunner.States"/> gives the newest.</summary>
/// <param name="Name">The collector's name.</param>
/// <param name="Interval">How often it runs.</param>
public sealed record CollectorState(string Name, TimeSpan Interval)
{
    /// <summary>True while a run is under way.</summary>
    public bool IsRunning { get; init; }

    /// <summary>When the last finished run began, or null before the first.</summary>
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>How long the last finished run took.</summary>
    public TimeSpan LastDuration { get; init; }

    /// <summary>How many samples the last finished run published.</summary>
    public long LastPoints { get; init; }

    /// <summary>What was wrong with the last finished run, or null when nothing was.</summary>
    public string? LastError { get; init; }

    /// <summary>When a run last failed, or null when none has.</summary>
    public DateTimeOffset? LastErrorTime { get; init; }

    /// <summary>Finished runs, failed ones among them.</summary>
    public long Runs { get; init; }

    /// <summary>Runs that ended with an error.</summary>
    public long Failures { get; init; }

    /// <summary>Turns that were left out because a run was still under way when they came.</summary>
    public long Overruns { get; init; }

    /// <summary>Samples published since the start.</summary>
    public long Points { get; init; }

    /// <summary>Samples that were not published because their value was not a finite number.</summary>
    public long NotFinite { get; init; }
}
