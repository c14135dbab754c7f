using Kalmar.Graphite.Evaluation;

namespace Kalmar.Graphite.Rendering;

/// <summary>How requests are answered.</summary>
public sealed record RendererOptions
{
    /// <summary>The zone of requests that name none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What a request may cost.</summary>
    public EvaluationLimits Limits { get; init; } = EvaluationLimits.Default;
}
