namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A CRUSH rule.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ruleset">Its number again: rule sets ended with Luminous.</param>
/// <param name="Type"><c>replicated</c> or <c>erasure</c>.</param>
/// <param name="MinSize">The smallest pool that it serves (without effect since Quincy).</param>
/// <param name="MaxSize">The largest one.</param>
/// <param name="Steps">What it does.</param>
/// <param name="OsdCount">How many OSDs it can choose.</param>
internal sealed record CrushRuleResource(
    int Id, string Name, int Ruleset, string Type, int MinSize, int MaxSize, IReadOnlyList<CrushRuleStepResource> Steps, int OsdCount);
