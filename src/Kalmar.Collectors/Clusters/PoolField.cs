namespace Kalmar.Collectors.Clusters;

/// <summary>One number of a pool: its name in Ceph's JSON and in the series, and whether the series is its growth per second.</summary>
internal sealed record PoolField(string Name, bool IsCounter, Func<PoolReading, long> Get)
{
    public static IReadOnlyList<PoolField> All { get; } =
    [
        new("num_objects", false, pool => pool.Objects),
        new("num_bytes", false, pool => pool.Bytes),
        new("num_object_clones", false, pool => pool.ObjectClones),
        new("num_object_copies", false, pool => pool.ObjectCopies),
        new("num_objects_missing_on_primary", false, pool => pool.ObjectsMissingOnPrimary),
        new("num_objects_degraded", false, pool => pool.ObjectsDegraded),
        new("num_objects_misplaced", false, pool => pool.ObjectsMisplaced),
        new("num_objects_unfound", false, pool => pool.ObjectsUnfound),
        new("num_scrub_errors", false, pool => pool.ScrubErrors),
        new("num_read", true, pool => pool.Reads),
        new("num_read_kb", true, pool => pool.ReadKilobytes),
        new("num_write", true, pool => pool.Writes),
        new("num_write_kb", true, pool => pool.WriteKilobytes),
        new("num_objects_recovered", true, pool => pool.ObjectsRecovered),
        new("num_bytes_recovered", true, pool => pool.BytesRecovered),
        new("num_keys_recovered", true, pool => pool.KeysRecovered),
    ];
}
