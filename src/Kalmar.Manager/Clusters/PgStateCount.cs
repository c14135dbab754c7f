namespace Kalmar.Manager.Clusters;

/// <summary>How many placement groups are in one combination of states.</summary>
/// <param name="State">States joined by <c>+</c>, as Ceph prints them: <c>active+clean</c>.</param>
/// <param name="Count">How many.</param>
public sealed record PgStateCount(string State, long Count);
