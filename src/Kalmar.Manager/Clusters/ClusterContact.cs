namespace Kalmar.Manager.Clusters;

/// <summary>How we stand with a cluster's monitors.</summary>
/// <param name="State">The state.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="LastHeard">When a monitor last said anything; null before the first word.</param>
/// <param name="Monitor">The monitor that we talk to (<c>mon.a</c>), or null.</param>
/// <param name="Detail">One line for the operator: what is wrong and what to do; empty while connected.</param>
public sealed record ClusterContact(ContactState State, DateTimeOffset Since, DateTimeOffset? LastHeard, string? Monitor, string Detail);
