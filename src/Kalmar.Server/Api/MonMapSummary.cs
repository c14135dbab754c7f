namespace Kalmar.Server.Api;

/// <summary>The monitors that there should be.</summary>
internal sealed record MonMapSummary(int NumMons, IReadOnlyList<string> Names);
