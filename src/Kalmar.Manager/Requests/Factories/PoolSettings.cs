namespace Kalmar.Manager.Requests.Factories;

/// <summary>The settings of <c>ceph osd pool set</c> that a <see cref="PoolChange"/> takes by name, as Pacific and Reef know them.</summary>
public static class PoolSettings
{
    /// <summary>All names.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "hashpspool", "nodelete", "nopgchange", "nosizechange", "bulk", "write_fadvise_dontneed", "noscrub", "nodeep-scrub",
        "hit_set_type", "hit_set_period", "hit_set_count", "hit_set_fpp", "use_gmt_hitset", "hit_set_grade_decay_rate", "hit_set_search_last_n",
        "target_max_bytes", "target_max_objects", "cache_target_dirty_ratio", "cache_target_dirty_high_ratio", "cache_target_full_ratio",
        "cache_min_flush_age", "cache_min_evict_age", "min_read_recency_for_promote", "min_write_recency_for_promote", "fast_read",
        "scrub_min_interval", "scrub_max_interval", "deep_scrub_interval", "recovery_priority", "recovery_op_priority", "scrub_priority",
        "compression_mode", "compression_algorithm", "compression_required_ratio", "compression_max_blob_size", "compression_min_blob_size",
        "csum_type", "csum_min_block", "csum_max_block", "allow_ec_overwrites", "fingerprint_algorithm", "pg_autoscale_mode", "pg_autoscale_bias",
        "pg_num_min", "pg_num_max", "target_size_bytes", "target_size_ratio", "dedup_tier", "dedup_chunk_algorithm", "dedup_cdc_chunk_size",
        "eio", "read_ratio",
    };
}
