using Kalmar.Manager.Clusters;

namespace Kalmar.Server.Views;

/// <summary>What one rendering of a page is about: one snapshot, seen at one moment, so that all of its parts agree.</summary>
/// <param name="Cluster">The snapshot.</param>
/// <param name="Now">The moment.</param>
public sealed record PageMoment(ClusterSnapshot Cluster, DateTimeOffset Now)
{
    /// <summary>True when nothing can be taken as current, because no monitor in quorum answers.</summary>
    public bool IsStale => Cluster.Contact.State != ContactState.Connected;

    /// <summary>True when this part must not be shown as current; a part that is not known is not stale.</summary>
    /// <typeparam name="T">The part's value.</typeparam>
    /// <param name="part">The part.</param>
    public bool IsPartStale<T>(Part<T>? part) => part?.IsStale(Cluster.Contact, Now) == true;
}
