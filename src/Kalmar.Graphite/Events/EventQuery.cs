namespace Kalmar.Graphite.Events;

/// <summary>Which events are wanted.</summary>
/// <param name="From">Unix time in seconds from which on, or null.</param>
/// <param name="Until">Unix time in seconds up to which, or null.</param>
/// <param name="Tags">Tags that an event must have; null or empty for any.</param>
/// <param name="AnyTag">One of the tags is enough.</param>
/// <param name="Limit">The most events that are given.</param>
public sealed record EventQuery(long? From = null, long? Until = null, IReadOnlyList<string>? Tags = null, bool AnyTag = false, int Limit = 100_000)
{
    /// <summary>Whether an event is wanted.</summary>
    public bool Matches(GraphiteEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened.When < From || happened.When > Until) return false;
        if (Tags is not { Count: > 0 }) return true;
        return AnyTag ? Tags.Any(happened.Tags.Contains) : Tags.All(happened.Tags.Contains);
    }
}
