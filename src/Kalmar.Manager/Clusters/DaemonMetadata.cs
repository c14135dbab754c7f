namespace Kalmar.Manager.Clusters;

/// <summary>What a daemon said of itself when it started.</summary>
/// <param name="Name">The daemon.</param>
/// <param name="Hostname">Its host; empty when not told.</param>
/// <param name="Version">Its short version, for example 16.2.15; empty when not told.</param>
/// <param name="Release">The release's name, for example pacific; empty when not told.</param>
/// <param name="Facts">All that it said, by Ceph's keys.</param>
public sealed record DaemonMetadata(
    DaemonName Name, string Hostname, string Version, string Release, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>True when another one says the same.</summary>
    /// <param name="other">The other one.</param>
    public bool SaysTheSame(DaemonMetadata other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Name == other.Name && Hostname == other.Hostname && Version == other.Version && Release == other.Release && Facts.Count == other.Facts.Count
            && Facts.All(f => other.Facts.TryGetValue(f.Key, out string? value) && value == f.Value);
    }
}
