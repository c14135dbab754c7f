namespace Kalmar.Cli.Configuration;

/// <summary>Every key that Kalmar knows. What is not here is refused at start; the documentation page is checked against this list.</summary>
public static class ConfigurationKeys
{
    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("listen", "http://127.0.0.1:8420", "Addresses to serve on, separated by semicolons. Loopback unless you say otherwise."),
        new("data", "", "Folder for history, users and keys. Default: /var/lib/kalmar for root, ~/.local/state/kalmar otherwise."),
        new("log", "warning", "Least severe messages to print: trace, debug, information, warning, error, critical, none."),
        new("clusters:*:conf", "", "A cluster's ceph.conf. Without any cluster named, ceph's own search order is followed once."),
        new("clusters:*:cluster", "ceph", "The cluster's name: the file names that ceph's search order tries, and $cluster in them."),
        new("clusters:*:name", "client.admin", "Who Kalmar is for this cluster (TYPE.ID)."),
        new("clusters:*:keyring", "", "File with the key. Default: as ceph.conf and Ceph's search order say."),
        new("clusters:*:fsid", "", "The fsid that the cluster must have; another one is refused."),
        new("poll:status", "2s", "How often health, PG states, quorum and I/O are asked for."),
        new("poll:usage", "10s", "How often the use of pools and OSDs is asked for."),
        new("poll:metadata", "1m", "How often the daemons' versions and hosts are asked for (also after each change of a map)."),
        new("history:enabled", "true", "Whether anything is collected and kept."),
        new("history:interval", "10s", "How often daemons and the host are asked for their counters."),
        new("history:retentions", "10s:2h,1m:2d,15m:60d", "How long points are kept, finest first (precision:duration), when no schemas file says otherwise."),
        new("history:schemas", "", "A storage-schemas.conf as Carbon has it."),
        new("history:aggregation", "", "A storage-aggregation.conf as Carbon has it."),
        new("history:counters", "useful", "Which perf counters: useful (priority 5 and above) or all."),
        new("history:longRunningDetail", "false", "Also keep sum and count of long-run averages."),
        new("history:host", "true", "Whether this host's CPU, memory, load, disks and network are kept too."),
        new("history:daemons", "true", "Whether perf counters of the daemons are kept."),
        new("history:maxCachedPoints", "2000000", "Points in memory that are not on disk yet; beyond it new points are dropped and counted."),
        new("graphite:anonymousRead", "false", "Whether Graphite's API can be read without signing in, from this machine only; kalmar up turns it on."),
        new("web:anonymousRead", "false", "Whether pages, /render and /metrics/find can be read without signing in, from this machine only."),
    ];
}
