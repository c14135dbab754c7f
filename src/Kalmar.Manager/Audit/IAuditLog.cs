namespace Kalmar.Manager.Audit;

/// <summary>
/// Who did what, from where, and what came of it. Lines are only ever added, and each is chained to the one before by SHA-256. Everything
/// throws <see cref="State.StateStoreException"/> when the store cannot be read or written. Thread-safe.
/// </summary>
public interface IAuditLog
{
    /// <summary>Adds a line; it is on disk when this returns.</summary>
    /// <param name="entry">What was done. Texts longer than 4,096 characters are cut.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<AuditLine> AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Lines, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="page">Counts from 1.</param>
    /// <param name="pageSize">1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there are in all, and those of the page.</returns>
    Task<(long Count, IReadOnlyList<AuditLine> Lines)> PageAsync(AuditFilter filter, int page, int pageSize, CancellationToken cancellationToken);

    /// <summary>Reads the whole log and checks each line against the one before, and the last one against the stored head.</summary>
    /// <param name="expected">A line's number and hash that was kept elsewhere and must still stand in the log, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<AuditVerdict> VerifyAsync((long Sequence, string Hash)? expected, CancellationToken cancellationToken);
}
