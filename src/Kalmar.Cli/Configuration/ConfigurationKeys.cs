namespace Kalmar.Cli.Configuration;

/// <summary>Every key that Kalmar knows. What is not here is refused at start; the documentation page is checked against this list.</summary>
public static class ConfigurationKeys
{
    /// <summary>All keys, in the order of the documentation.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("listen", "http://127.0.0.1:8420", "Addresses to serve on, separated by semicolons. Loopback unless you say otherwise."),
        new("data", "", "Folder for history, users and keys. Default: /var/lib/kalmar for root, ~/.local/state/kalmar otherwise."),
        new("tls:certificate", "", "The server's certificate (PEM, the chain behind it in the same file), for addresses with https."),
        new("tls:key", "", "The certificate's private key (PEM, without a password; readable by Kalmar's user only)."),
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
        new("history:rescan", "1m", "How often the history's folder is looked through for Whisper files that others made or removed."),
        new("history:ceres", "", "A Ceres tree whose series are shown beside Kalmar's own."),
        new("carbon:enabled", "false", "Whether metrics are taken as Graphite's Carbon takes them, into the same history."),
        new("carbon:line", "127.0.0.1:2003", "Address for lines over TCP; off for none."),
        new("carbon:pickle", "127.0.0.1:2004", "Address for pickle; off for none."),
        new("carbon:udp", "off", "Address for lines over UDP; off for none."),
        new("carbon:protobuf", "off", "Address for Carbon's protobuf; off for none."),
        new("carbon:query", "127.0.0.1:7002", "Address where a graphite-web asks for points that are not in files yet (CARBONLINK_HOSTS); off for none."),
        new("carbon:maxConnections", "10000", "Connections to each port at a time; more are closed at once and counted."),
        new("carbon:idleTimeout", "10m", "A connection that sends nothing for so long is closed."),
        new("carbon:rules", "", "Folder with rewrite-rules.conf, aggregation-rules.conf, blacklist.conf and whitelist.conf, read again when they change."),
        new("carbon:journal", "false", "Whether points that are only in memory are kept in a journal on disk too, so that a killed process loses none."),
        new("carbon:remoteWrite", "", "URLs that get a copy of every point that came by these ports, by Prometheus' remote-write; separated by commas."),
        new("carbon:certificate", "", "PEM file with the certificate for TLS on the TCP ports; without it they speak plain."),
        new("carbon:certificateKey", "", "PEM file with the certificate's key, when it is not in the same file."),
        new("graphite:servers", "", "Other Graphite servers whose metrics are shown beside ours: addresses such as http://10.0.0.7:8080, separated by semicolons; with ?format=pickle for one older than graphite-web 1.1."),
        new("graphite:anonymousRead", "false", "Whether Graphite's API can be read without signing in, from this machine only; kalmar up turns it on."),
        new("requests:newPgsPerOsd", "32", "PGs that each OSD may be given at once while a pool grows; it grows in blocks of that. A release's own mon_osd_max_split_count goes before."),
        new("state:connection", "", "PostgreSQL connection string for users, requests, events, audit and what Graphite's users store (Host=…;Database=…;Username=…;Password=…). Without it they are kept in SQLite in the data folder."),
        new("state:eventDays", "365", "How many days events are kept."),
        new("web:anonymousRead", "false", "Whether pages, /render and /metrics/find can be read without signing in, from this machine only."),
    ];
}
