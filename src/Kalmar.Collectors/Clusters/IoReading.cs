namespace Kalmar.Collectors.Clusters;

/// <summary>What moves in a cluster, per second, as the active mgr reckons it.</summary>
/// <param name="ReadBytes">Read by clients.</param>
/// <param name="WriteBytes">Written by clients.</param>
/// <param name="ReadOps">Read operations of clients.</param>
/// <param name="WriteOps">Write operations of clients.</param>
/// <param name="RecoveryBytes">Recovered.</param>
/// <param name="RecoveryObjects">Objects recovered.</param>
/// <param name="RecoveryKeys">Omap keys recovered.</param>
public sealed record IoReading(
    double ReadBytes, double WriteBytes, double ReadOps, double WriteOps, double RecoveryBytes, double RecoveryObjects, double RecoveryKeys);
