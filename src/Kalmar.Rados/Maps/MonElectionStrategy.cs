namespace Kalmar.Rados.Maps;

/// <summary>How monitors elect their leader, with Ceph's numbers.</summary>
public enum MonElectionStrategy
{
    /// <summary>The lowest rank leads.</summary>
    Classic = 1,

    /// <summary>Some monitors may not lead.</summary>
    Disallow = 2,

    /// <summary>The best connected one leads.</summary>
    Connectivity = 3,
}
