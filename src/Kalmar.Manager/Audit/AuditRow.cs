namespace Kalmar.Manager.Audit;

/// <summary>A row of table <c>audit_lines</c> with the database's types.</summary>
internal sealed class AuditRow
{
    public long Sequence { get; init; }

    public long At { get; init; }

    public required string Actor { get; init; }

    public required string Address { get; init; }

    public required string Action { get; init; }

    public required string Cluster { get; init; }

    public required string Object { get; init; }

    public required string Outcome { get; init; }

    public required string Detail { get; init; }

    public required string Hash { get; init; }

    /// <summary>The row as a line; null when its outcome is no outcome.</summary>
    public AuditLine? ToLine() => Enum.TryParse(Outcome, out AuditOutcome outcome) && Enum.IsDefined(outcome)
        ? new AuditLine(
            Sequence,
            DateTimeOffset.FromUnixTimeMilliseconds(At),
            new AuditEntry(Actor, Address, Action, outcome, Object, Cluster, Detail),
            Hash)
        : null;
}
