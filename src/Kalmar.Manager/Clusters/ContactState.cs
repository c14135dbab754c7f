namespace Kalmar.Manager.Clusters;

/// <summary>How we stand with a cluster's monitors.</summary>
public enum ContactState
{
    /// <summary>We have not reached any monitor since we started, and have not given up.</summary>
    Connecting,

    /// <summary>A monitor answers us, and it is in quorum.</summary>
    Connected,

    /// <summary>No monitor answers, or the one that does has no quorum: nothing can be learnt or changed.</summary>
    QuorumLost,

    /// <summary>The monitors refuse us: wrong key, unknown user, or another cluster than the one asked for.</summary>
    Refused,
}
