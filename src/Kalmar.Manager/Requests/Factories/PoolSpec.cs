namespace Kalmar.Manager.Requests.Factories;

/// <summary>A pool to be made. Null leaves a value to Ceph's configuration.</summary>
public sealed record PoolSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Placement groups, at least 1.</summary>
    public required uint PgNum { get; init; }

    /// <summary>Placement groups for placement; at most <see cref="PgNum"/>.</summary>
    public uint? PgpNum { get; init; }

    /// <summary>True for erasure coding.</summary>
    public bool IsErasure { get; init; }

    /// <summary>The erasure-code profile.</summary>
    public string? ErasureCodeProfile { get; init; }

    /// <summary>The id of the CRUSH rule.</summary>
    public int? CrushRule { get; init; }

    /// <summary>Copies.</summary>
    public int? Size { get; init; }

    /// <summary>Copies needed to serve.</summary>
    public int? MinSize { get; init; }

    /// <summary>Limit in bytes; 0 is none.</summary>
    public ulong? QuotaMaxBytes { get; init; }

    /// <summary>Limit in objects; 0 is none.</summary>
    public ulong? QuotaMaxObjects { get; init; }

    /// <summary>What it is for: <c>rbd</c>, <c>rgw</c>, <c>cephfs</c> or another word.</summary>
    public string? Application { get; init; }

    /// <summary>More settings, by the names of <c>ceph osd pool set</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
