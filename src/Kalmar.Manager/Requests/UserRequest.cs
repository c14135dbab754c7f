using Kalmar.Manager.Clusters;

namespace Kalmar.Manager.Requests;

/// <summary>
/// A change that somebody asked for, at one moment of its life. Immutable: ask again for what became of it. When <see cref="State"/> is
/// <see cref="RequestState.Complete"/> and <see cref="Error"/> is false, the newest snapshot of the cluster shows the change.
/// </summary>
/// <param name="Number">Counts all requests; a greater one was asked for later.</param>
/// <param name="Id">The uuid.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="ClusterName">What the operator called it then.</param>
/// <param name="Kind">What kind of change.</param>
/// <param name="Headline">What it does, for a human: <c>Creating pool 'x'</c>.</param>
/// <param name="State">Submitted or complete.</param>
/// <param name="Error">True when it failed or was cancelled.</param>
/// <param name="ErrorMessage">Why; empty unless it failed.</param>
/// <param name="Status">How far it is, or what became of it, for a human; may be empty.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="RequestedAt">When it was stored.</param>
/// <param name="CompletedAt">When it reached its end; null before.</param>
public sealed record UserRequest(
    long Number,
    RequestId Id,
    ClusterId Cluster,
    string ClusterName,
    RequestKind Kind,
    string Headline,
    RequestState State,
    bool Error,
    string ErrorMessage,
    string Status,
    RequestActor Actor,
    DateTimeOffset RequestedAt,
    DateTimeOffset? CompletedAt)
{
    /// <summary>The state as Calamari writes it.</summary>
    public string StateName => State == RequestState.Complete ? "complete" : "submitted";
}
