using System.Buffers;
using System.Text.Json.Serialization;

namespace Kalmar.Sandbox;

/// <summary>What a sandbox shall be made of. Kept in its folder, so that a sandbox is opened again without them.</summary>
public sealed record SandboxOptions
{
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create("$#;\"'\\\n\r\t");
    private static readonly SearchValues<char> NotInKeys = SearchValues.Create("=[]#;\n\r");

    /// <summary>The folder everything lives below. Made when absent; must be empty. Relative paths are taken from the current folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Monitors: 1 or 3, named a, b, c.</summary>
    public int Monitors { get; init; } = 1;

    /// <summary>Managers: 0 to 3, named x, y, z. The first one to start is active, the others stand by.</summary>
    public int Managers { get; init; } = 1;

    /// <summary>OSDs, 0 to 100, each a BlueStore on a sparse file.</summary>
    public int Osds { get; init; } = 3;

    /// <summary>Bytes that each OSD offers; its file takes room on the disk only as it fills. At least 2 GiB.</summary>
    public long OsdSizeBytes { get; init; } = 10L << 30;

    /// <summary>Whether a metadata server runs, with a file system named <c>cephfs</c> (pools cephfs_metadata and cephfs_data).</summary>
    public bool Mds { get; init; }

    /// <summary>Whether an object gateway runs (S3 over HTTP on loopback).</summary>
    public bool Rgw { get; init; }

    /// <summary>Whether all connections must be encrypted (every ms_*_mode is secure, and nobody speaks messenger 1).</summary>
    public bool Secure { get; init; }

    /// <summary>Whether the cluster asks nobody who they are (auth none).</summary>
    public bool AuthNone { get; init; }

    /// <summary>Whether it lives on ::1 instead of 127.0.0.1.</summary>
    public bool Ipv6 { get; init; }

    /// <summary>
    /// Whether silent daemons are found out within seconds: OSD heartbeats every second with a grace of 6 s (Ceph: 6 and 20 s), manager
    /// beacons with a grace of 10 s (Ceph: 30 s), a monitors' leader that is missed after 4 s (Ceph: 10 s). A killed OSD is found at once either way, since its peers see the connection refused.
    /// </summary>
    public bool QuickFailureDetection { get; init; }

    /// <summary>The cluster's name ($cluster); Ceph wants "ceph", older ones may be called otherwise.</summary>
    public string ClusterName { get; init; } = "ceph";

    /// <summary>
    /// More lines for ceph.conf: <c>osd pool default size</c> for <c>[global]</c>, <c>osd/osd op num shards</c> for section <c>[osd]</c>. Stand after,
    /// and so win over, what the sandbox sets itself.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long <see cref="SandboxCluster.StartAsync"/> waits for the cluster to become ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The daemons that these options ask for, in the order in which they are started.</summary>
    [JsonIgnore]
    public IReadOnlyList<SandboxDaemon> Daemons =>
    [
        .. Enumerable.Range(0, Monitors).Select(i => new SandboxDaemon(SandboxDaemonKind.Monitor, ((char)('a' + i)).ToString())),
        .. Enumerable.Range(0, Managers).Select(i => new SandboxDaemon(SandboxDaemonKind.Manager, ((char)('x' + i)).ToString())),
        .. Enumerable.Range(0, Osds).Select(i => new SandboxDaemon(SandboxDaemonKind.Osd, i.ToString())),
        .. Mds ? [new SandboxDaemon(SandboxDaemonKind.MetadataServer, "a")] : Array.Empty<SandboxDaemon>(),
        .. Rgw ? [new SandboxDaemon(SandboxDaemonKind.ObjectGateway, "a")] : Array.Empty<SandboxDaemon>(),
    ];

    /// <summary>Checks every option and names all that are wrong at once.</summary>
    /// <exception cref="SandboxException">An option makes no sense; nothing was made.</exception>
    public void Validate()
    {
        List<string> errors = [];
        if (string.IsNullOrWhiteSpace(Folder))
        {
            errors.Add("folder: name one");
        }
        else if (Path.GetFullPath(Folder).AsSpan().ContainsAny(NotInPaths))
        {
            errors.Add($"folder: '{Folder}' holds a character that ceph.conf gives a meaning to ($ # ; quotes); use another path");
        }
        else if (Path.GetFullPath(Folder).Length > 80)
        {
            errors.Add($"folder: '{Path.GetFullPath(Folder)}' is longer than 80 characters, too long for the daemons' sockets; use a shorter path");
        }

        Check(Monitors is 1 or 3, $"monitors: {Monitors}, but 1 or 3 are possible");
        Check(Managers is >= 0 and <= 3, $"managers: {Managers}, but 0 to 3 are possible");
        Check(Osds is >= 0 and <= 100, $"OSDs: {Osds}, but 0 to 100 are possible");
        Check(OsdSizeBytes is >= 2L << 30 and <= 64L << 40, $"OSD size: {OsdSizeBytes} bytes, but 2 GiB to 64 TiB are possible");
        Check((!Mds && !Rgw) || Osds > 0, "a metadata server or an object gateway needs at least one OSD");
        Check((!Mds && !Rgw) || Managers > 0, "a metadata server or an object gateway needs a manager");
        Check(ClusterName.Length is > 0 and <= 32 && ClusterName.All(char.IsAsciiLetterOrDigit), $"cluster name: '{ClusterName}', but letters and digits are possible");
        foreach ((string key, string value) in Settings)
        {
            Check(key.Trim().Length > 0 && !key.AsSpan().ContainsAny(NotInKeys) && !value.AsSpan().ContainsAny('\n', '\r'), $"setting '{key.ReplaceLineEndings(" ")}': not a line of ceph.conf");
        }

        if (errors.Count > 0)
        {
            throw new SandboxException(SandboxErrorKind.InvalidOptions, "sandbox: " + string.Join("; ", errors));
        }

        void Check(bool condition, string error)
        {
            if (!condition)
            {
                errors.Add(error);
            }
        }
    }
}
