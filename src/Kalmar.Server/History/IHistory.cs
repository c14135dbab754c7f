namespace Kalmar.Server.History;

/// <summary>Where graphs on pages get their points. Thread-safe.</summary>
public interface IHistory
{
    /// <summary>Reads a target.</summary>
    /// <param name="target">A target of Graphite's language; may match no, one or many series.</param>
    /// <param name="from">The first moment.</param>
    /// <param name="until">The last moment.</param>
    /// <param name="maxPoints">How many points a series may have; more are consolidated.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The series that there are; empty when none is known yet.</returns>
    /// <exception cref="HistoryException">The target cannot be read.</exception>
    Task<IReadOnlyList<HistorySeries>> ReadAsync(
        string target, DateTimeOffset from, DateTimeOffset until, int maxPoints, CancellationToken cancellationToken);
}
