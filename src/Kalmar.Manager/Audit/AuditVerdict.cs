namespace Kalmar.Manager.Audit;

/// <summary>What checking the whole audit log found.</summary>
/// <param name="Lines">Lines that were read.</param>
/// <param name="LastHash">The hash of the last line; <see cref="AuditLine.FirstHash"/> for an empty log.</param>
/// <param name="Problem">What is wrong first, with the line's number; null when nothing is.</param>
public sealed record AuditVerdict(long Lines, string LastHash, string? Problem)
{
    /// <summary>True when no line was changed, added, removed or moved.</summary>
    public bool IsIntact => Problem is null;
}
