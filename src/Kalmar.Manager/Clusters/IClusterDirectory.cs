namespace Kalmar.Manager.Clusters;

/// <summary>All clusters that this process watches. Thread-safe.</summary>
public interface IClusterDirectory
{
    /// <summary>The newest snapshot of each cluster, in the order of the configuration.</summary>
    IReadOnlyList<ClusterSnapshot> Snapshots { get; }

    /// <summary>The newest snapshot of one cluster, or null when we watch none of that id.</summary>
    /// <param name="id">The fsid.</param>
    ClusterSnapshot? Find(ClusterId id);

    /// <summary>Counts every new snapshot of any cluster.</summary>
    long Version { get; }

    /// <summary>Waits until <see cref="Version"/> is greater than <paramref name="version"/>.</summary>
    /// <param name="version">The version that the caller has seen.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version now.</returns>
    Task<long> WaitForChangeAsync(long version, CancellationToken cancellationToken);
}
