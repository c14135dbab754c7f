using Kalmar.Rados;

namespace Kalmar.Manager.Clusters;

/// <summary>How one cluster is watched. Immutable.</summary>
public sealed record ClusterMonitorOptions
{
    /// <summary>What the operator calls the cluster.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Makes the client of the cluster, not connected yet. Called again after a refusal, so that a mended keyring or ceph.conf is taken
    /// without a restart. What it throws is shown as the reason why there is no contact.
    /// </summary>
    public required Func<CancellationToken, Task<RadosCluster>> Open { get; init; }

    /// <summary>True for one look: only the monitors', the OSDs' and the managers' maps and what <c>ceph status</c> tells.</summary>
    public bool StatusOnly { get; init; }

    /// <summary>How often health, PG states, quorum and I/O are asked for.</summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the use of pools and OSDs is asked for.</summary>
    public TimeSpan UsageInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the daemons' metadata are asked for.</summary>
    public TimeSpan MetadataInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the monitors may leave a question unanswered until the quorum counts as lost. Below 10 s with the rest of the way.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long no monitor may be in session until the quorum counts as lost: a change from one monitor to the next is shorter.</summary>
    public TimeSpan FailoverGrace { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long to wait before a refused client tries again.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromSeconds(10);
}
