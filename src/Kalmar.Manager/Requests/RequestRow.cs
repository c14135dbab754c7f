using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests;

/// <summary>A row of table <c>requests</c> with the database's types.</summary>
internal sealed class RequestRow
{
    public long Number { get; init; }

    public required string Id { get; init; }

    public required string Cluster { get; init; }

    public required string ClusterName { get; init; }

    public required string Kind { get; init; }

    public required string Headline { get; init; }

    public required string State { get; init; }

    public int Error { get; init; }

    public required string ErrorMessage { get; init; }

    public required string Status { get; init; }

    public required string Actor { get; init; }

    public required string Address { get; init; }

    public long RequestedAt { get; init; }

    public long? CompletedAt { get; init; }

    public string PlanText { get; init; } = "";

    public UserRequest ToRequest() => new(
        Number,
        new RequestId(Guid.Parse(Id)),
        new ClusterId(Guid.Parse(Cluster)),
        ClusterName,
        Enum.TryParse(Kind, out RequestKind kind) ? kind : RequestKind.Rados,
        Headline,
        State == "complete" ? RequestState.Complete : RequestState.Submitted,
        Error != 0,
        ErrorMessage,
        Status,
        new RequestActor(Actor, Address),
        DateTimeOffset.FromUnixTimeMilliseconds(RequestedAt),
        CompletedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null);
}
