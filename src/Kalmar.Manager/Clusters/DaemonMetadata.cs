namespace Kalmar.Manager.Clusters;

/// <summary>What a daemon said of itself when it started.</summary>
/// <param name="Name">The daemon.</param>
/// <param name="Hostname">Its host; empty when not told.</param>
/// <param name="Version">Its short version, for example 16.2.15; empty when not told.</param>
/// <param name="Release">The release's name, for example pacific; empty when not told.</param>
/// <param name="Facts">All that it said, by Ceph's keys.</param>
public sealed record DaemonMetadata(
    DaemonName Name, string Hostname, string Version, string Release, IReadOnlyDictionary<string, string> Facts);
