namespace Kalmar.Collectors.Daemons;

/// <summary>Knows which daemons are worth asking: those that the newest maps say are up.</summary>
public interface IDaemonDirectory
{
    /// <summary>The daemons now; asked at each turn. Thread-safe and quick.</summary>
    IReadOnlyList<DaemonTarget> Daemons { get; }
}
