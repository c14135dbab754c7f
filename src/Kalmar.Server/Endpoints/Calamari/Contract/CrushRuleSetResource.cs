namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A rule set: since Luminous the one rule of the same number.</summary>
internal sealed record CrushRuleSetResource(int Id, IReadOnlyList<CrushRuleResource> Rules);
