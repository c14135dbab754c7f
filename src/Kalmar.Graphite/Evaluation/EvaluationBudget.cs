namespace Kalmar.Graphite.Evaluation;

/// <summary>What is left of <see cref="EvaluationLimits"/> while a request is answered, and whether it is still wanted. Sources that are asked at once share it.</summary>
public sealed class EvaluationBudget(EvaluationLimits limits, CancellationToken cancellation = default)
{
    private long _values;
    private long _work;
    private int _series;
    private int _evaluations;

    /// <summary>Cancelled when the client has left.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The limits that hold.</summary>
    public EvaluationLimits Limits { get; } = limits;

    /// <summary>Takes room for a series that is made up.</summary>
    internal double[] Allocate(long points)
    {
        Values(points);
        return points <= 0 ? [] : GC.AllocateUninitializedArray<double>((int)points);
    }

    /// <summary>Counts values that are about to be read or made.</summary>
    internal void Values(long count)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (count < 0 || Interlocked.Add(ref _values, count) > Limits.MaxValues)
            throw GraphiteException.Limit($"The request needs more than {Limits.MaxValues} values: ask for a shorter window or fewer series");
    }

    /// <summary>Counts series that are about to be read.</summary>
    internal void Series(int count)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Interlocked.Add(ref _series, count) > Limits.MaxSeries)
            throw GraphiteException.Limit($"The request reads more than {Limits.MaxSeries} series: make the pattern narrower");
    }

    /// <summary>Counts steps of heavy work.</summary>
    internal void Work(double steps)
    {
        Cancellation.ThrowIfCancellationRequested();
        if (steps > Limits.MaxWork || Interlocked.Add(ref _work, (long)steps) > Limits.MaxWork)
            throw GraphiteException.Limit("The request needs too much computing: ask for a shorter window, smaller windows of functions or fewer series");
    }

    /// <summary>Counts an evaluation of an expression.</summary>
    internal void Evaluation()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _evaluations) > Limits.MaxEvaluations) throw GraphiteException.Limit($"The request evaluates more than {Limits.MaxEvaluations} expressions");
    }
}
