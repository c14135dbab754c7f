namespace Kalmar.Collectors.Clusters;

/// <summary>What Ceph counts for one pool: the part of <c>stat_sum</c> in <c>pg dump pools</c> that becomes series. All are totals, none are rates.</summary>
/// <param name="PoolId">The pool.</param>
public sealed record PoolReading(long PoolId)
{
    /// <summary>Objects.</summary>
    public long Objects { get; init; }

    /// <summary>Bytes in them, before replication.</summary>
    public long Bytes { get; init; }

    /// <summary>Objects that are clones made by snapshots.</summary>
    public long ObjectClones { get; init; }

    /// <summary>Copies that there should be of all objects.</summary>
    public long ObjectCopies { get; init; }

    /// <summary>Copies that the primaries lack.</summary>
    public long ObjectsMissingOnPrimary { get; init; }

    /// <summary>Copies that are missing.</summary>
    public long ObjectsDegraded { get; init; }

    /// <summary>Copies that lie elsewhere than they should.</summary>
    public long ObjectsMisplaced { get; init; }

    /// <summary>Objects of which no usable copy is known.</summary>
    public long ObjectsUnfound { get; init; }

    /// <summary>Errors that scrubbing found.</summary>
    public long ScrubErrors { get; init; }

    /// <summary>Read operations so far.</summary>
    public long Reads { get; init; }

    /// <summary>Kilobytes read so far.</summary>
    public long ReadKilobytes { get; init; }

    /// <summary>Write operations so far.</summary>
    public long Writes { get; init; }

    /// <summary>Kilobytes written so far.</summary>
    public long WriteKilobytes { get; init; }

    /// <summary>Objects recovered so far.</summary>
    public long ObjectsRecovered { get; init; }

    /// <summary>Bytes recovered so far.</summary>
    public long BytesRecovered { get; init; }

    /// <summary>Omap keys recovered so far.</summary>
    public long KeysRecovered { get; init; }
}
