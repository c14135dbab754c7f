using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <summary>One part of what is known about a cluster, with what makes it believable: when it came, from where, and of which epoch.</summary>
/// <typeparam name="T">The part's value; immutable.</typeparam>
/// <param name="Value">What is known.</param>
/// <param name="Epoch">The map's epoch, when the part is a map.</param>
/// <param name="Received">When this value arrived here.</param>
/// <param name="Source">Where it came from, fit to be shown: <c>mon.a osdmap</c>, <c>mgr.x pg dump</c>.</param>
/// <param name="StaleAfter">
/// For a part that is asked for again and again: the age from which it no longer counts as current. Null for a part that the monitors push:
/// it is current for as long as the contact to the cluster is.
/// </param>
public sealed record Part<T>(T Value, Epoch? Epoch, DateTimeOffset Received, string Source, TimeSpan? StaleAfter = null)
{
    /// <summary>How old the value is; never negative.</summary>
    /// <param name="now">The present.</param>
    public TimeSpan Age(DateTimeOffset now) => now > Received ? now - Received : TimeSpan.Zero;

    /// <summary>True when the value must not be shown as current.</summary>
    /// <param name="contact">The contact to the cluster that the part belongs to.</param>
    /// <param name="now">The present.</param>
    public bool IsStale(ClusterContact contact, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return contact.State != ContactState.Connected || (StaleAfter is { } limit && Age(now) > limit);
    }
}
