namespace Kalmar.Server.Api;

/// <summary>Who is in quorum.</summary>
internal sealed record QuorumSummary(long ElectionEpoch, IReadOnlyList<string> Names, string Leader, double AgeSeconds);
