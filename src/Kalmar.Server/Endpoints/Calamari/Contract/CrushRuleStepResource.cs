using System.Text.Json.Serialization;

namespace Kalmar.Server.Endpoints.Calamari.Contract;

/// <summary>A step of a CRUSH rule, as <c>ceph osd crush rule dump</c> writes it: what a step does not have is left out.</summary>
internal sealed record CrushRuleStepResource(
    string Op,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Num = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Item = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ItemName = null);
