using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Api;

/// <summary>How we stand with the monitors.</summary>
/// <param name="State"><c>connecting</c>, <c>connected</c>, <c>quorum_lost</c> or <c>refused</c>.</param>
/// <param name="Since">Since when.</param>
/// <param name="LastHeard">When a monitor last said anything.</param>
/// <param name="Monitor">Whom we talk to.</param>
/// <param name="Detail">What is wrong and what to do.</param>
internal sealed record ContactStatus(string State, DateTimeOffset Since, DateTimeOffset? LastHeard, string? Monitor, string Detail)
{
    public static ContactStatus Of(ClusterContact contact) => new(
        contact.State switch
        {
            ContactState.Connected => "connected",
            ContactState.QuorumLost => "quorum_lost",
            ContactState.Refused => "refused",
            _ => "connecting",
        },
        contact.Since,
        contact.LastHeard,
        contact.Monitor,
        contact.Detail);
}
