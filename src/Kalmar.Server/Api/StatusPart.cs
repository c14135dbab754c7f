using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Api;

/// <summary>One part of a cluster's status with what makes it believable.</summary>
/// <typeparam name="T">The part's value.</typeparam>
/// <param name="Value">What is known.</param>
/// <param name="Epoch">The map's epoch; null for what is no map.</param>
/// <param name="Received">When it arrived here.</param>
/// <param name="AgeSeconds">How long ago that was.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Stale">True when it must not be taken as current.</param>
internal sealed record StatusPart<T>(T Value, uint? Epoch, DateTimeOffset Received, double AgeSeconds, string Source, bool Stale)
{
    /// <summary>A part of a snapshot, its value seen another way.</summary>
    public static StatusPart<T>? Of<TSource>(Part<TSource>? part, Func<TSource, T> value, ClusterSnapshot cluster, DateTimeOffset now) =>
        part is null ? null : new StatusPart<T>(
            value(part.Value), part.Epoch?.Value, part.Received, Math.Round(part.Age(now).TotalSeconds, 3), part.Source, part.IsStale(cluster.Contact, now));
}
