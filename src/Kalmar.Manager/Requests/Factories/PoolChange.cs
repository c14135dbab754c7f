namespace Kalmar.Manager.Requests.Factories;

/// <summary>What shall be changed about a pool. Null leaves it as it is.</summary>
public sealed record PoolChange
{
    /// <summary>A new name.</summary>
    public string? Name { get; init; }

    /// <summary>Placement groups; more are made in blocks.</summary>
    public uint? PgNum { get; init; }

    /// <summary>Placement groups for placement.</summary>
    public uint? PgpNum { get; init; }

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

    /// <summary>More settings, by the names of <c>ceph osd pool set</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
