namespace Kalmar.Collectors.Daemons;

/// <summary>How asking one daemon for its counters has been going. Immutable.</summary>
/// <param name="Name">The daemon: <c>osd.3</c>.</param>
public sealed record DaemonPerfState(string Name)
{
    /// <summary>When it last answered, or null when it never has in this incarnation.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>What was wrong the last time it was asked, or null.</summary>
    public string? LastError { get; init; }

    /// <summary>How many times it was asked in vain since it last answered.</summary>
    public int FailuresInRow { get; init; }

    /// <summary>How long the last answer took.</summary>
    public TimeSpan LastDuration { get; init; }

    /// <summary>Samples of the last answer.</summary>
    public int LastPoints { get; init; }

    /// <summary>Counters that its schema lacks, in the last answer.</summary>
    public int Unknown { get; init; }

    /// <summary>Counters whose value was not of the promised kind, in the last answer.</summary>
    public int Mismatched { get; init; }
}
