namespace Kalmar.Manager.Events;

/// <summary>A row of table <c>events</c> with the database's types.</summary>
internal sealed class EventRow
{
    public long Id { get; init; }

    public long At { get; init; }

    public int Severity { get; init; }

    public required string Kind { get; init; }

    public required string Cluster { get; init; }

    public required string Entity { get; init; }

    public required string Server { get; init; }

    public required string Message { get; init; }

    public StoredEvent ToEvent() =>
        new(Id, DateTimeOffset.FromUnixTimeMilliseconds(At), (EventSeverity)Severity, Kind, Message, Cluster, Entity, Server);
}
