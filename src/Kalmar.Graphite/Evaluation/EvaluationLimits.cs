namespace Kalmar.Graphite.Evaluation;

/// <summary>What one request may cost before it is refused with status 422.</summary>
public sealed record EvaluationLimits
{
    /// <summary>The limits that hold unless told otherwise.</summary>
    public static EvaluationLimits Default { get; } = new();

    /// <summary>Values that all series of a request hold together, intermediate ones included. 50 million are 400 MB.</summary>
    public long MaxValues { get; init; } = 50_000_000;

    /// <summary>Series that a request may read.</summary>
    public int MaxSeries { get; init; } = 200_000;

    /// <summary>Steps of functions whose work grows faster than their data.</summary>
    public long MaxWork { get; init; } = 2_000_000_000;

    /// <summary>How often a request may evaluate an expression, those that functions evaluate again included.</summary>
    public int MaxEvaluations { get; init; } = 20_000;
}
