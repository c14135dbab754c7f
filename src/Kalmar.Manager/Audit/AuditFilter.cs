namespace Kalmar.Manager.Audit;

/// <summary>Which lines of the audit log are wanted; null is any.</summary>
public sealed record AuditFilter
{
    /// <summary>Who.</summary>
    public string? Actor { get; init; }

    /// <summary>The action, or with a dot at its end all that begin so (<c>user.</c>).</summary>
    public string? Action { get; init; }

    /// <summary>The cluster's fsid.</summary>
    public string? Cluster { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }
}
