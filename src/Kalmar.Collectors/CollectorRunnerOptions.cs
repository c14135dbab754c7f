namespace Kalmar.Collectors;

/// <summary>How a <see cref="CollectorRunner"/> treats its collectors.</summary>
public sealed record CollectorRunnerOptions
{
    /// <summary>How long one run may take before it is cancelled; null means three intervals and at least ten seconds.</summary>
    public TimeSpan? RunTimeout { get; init; }

    /// <summary>How long <see cref="CollectorRunner.DisposeAsync"/> waits for runs that don't heed their cancellation.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);
}
