namespace Kalmar.Rados.Maps;

/// <summary>The options of a pool beyond its fixed fields, with Ceph's numbers (pool_opts_t).</summary>
public enum PoolOption
{
    /// <summary>scrub_min_interval, seconds.</summary>
    ScrubMinInterval = 0,

    /// <summary>scrub_max_interval, seconds.</summary>
    ScrubMaxInterval = 1,

    /// <summary>deep_scrub_interval, seconds.</summary>
    DeepScrubInterval = 2,

    /// <summary>recovery_priority.</summary>
    RecoveryPriority = 3,

    /// <summary>recovery_op_priority.</summary>
    RecoveryOpPriority = 4,

    /// <summary>scrub_priority.</summary>
    ScrubPriority = 5,

    /// <summary>compression_mode.</summary>
    CompressionMode = 6,

    /// <summary>compression_algorithm.</summary>
    CompressionAlgorithm = 7,

    /// <summary>compression_required_ratio.</summary>
    CompressionRequiredRatio = 8,

    /// <summary>compression_max_blob_size, bytes.</summary>
    CompressionMaxBlobSize = 9,

    /// <summary>compression_min_blob_size, bytes.</summary>
    CompressionMinBlobSize = 10,

    /// <summary>csum_type.</summary>
    ChecksumType = 11,

    /// <summary>csum_max_block, bytes.</summary>
    ChecksumMaxBlock = 12,

    /// <summary>csum_min_block, bytes.</summary>
    ChecksumMinBlock = 13,

    /// <summary>fingerprint_algorithm.</summary>
    FingerprintAlgorithm = 14,

    /// <summary>pg_num_min.</summary>
    PgNumMin = 15,

    /// <summary>target_size_bytes.</summary>
    TargetSizeBytes = 16,

    /// <summary>target_size_ratio.</summary>
    TargetSizeRatio = 17,

    /// <summary>pg_autoscale_bias.</summary>
    PgAutoscaleBias = 18,

    /// <summary>read_lease_interval, seconds.</summary>
    ReadLeaseInterval = 19,

    /// <summary>dedup_tier.</summary>
    DedupTier = 20,

    /// <summary>dedup_chunk_algorithm.</summary>
    DedupChunkAlgorithm = 21,

    /// <summary>dedup_cdc_chunk_size.</summary>
    DedupCdcChunkSize = 22,

    /// <summary>pg_num_max.</summary>
    PgNumMax = 23,

    /// <summary>read_ratio, per cent.</summary>
    ReadRatio = 24,
}
