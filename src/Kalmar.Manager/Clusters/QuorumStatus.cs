namespace Kalmar.Manager.Clusters;

/// <summary>Which monitors form the quorum.</summary>
/// <param name="ElectionEpoch">The election's number; odd while one is going on.</param>
/// <param name="Names">Monitors in quorum, by rank.</param>
/// <param name="Leader">The leader's name; empty when there is none.</param>
/// <param name="Age">For how long this quorum had stood when it was asked for.</param>
public sealed record QuorumStatus(long ElectionEpoch, IReadOnlyList<string> Names, string Leader, TimeSpan Age);
