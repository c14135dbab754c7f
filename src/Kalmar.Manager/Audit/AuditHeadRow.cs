namespace Kalmar.Manager.Audit;

/// <summary>The row of table <c>audit_head</c>.</summary>
internal sealed class AuditHeadRow
{
    public long Sequence { get; init; }

    public required string Hash { get; init; }
}
