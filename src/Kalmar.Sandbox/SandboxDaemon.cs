namespace Kalmar.Sandbox;

/// <summary>One daemon of a sandbox.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name among its kind: <c>a</c>, <c>x</c>, <c>0</c>.</param>
public readonly record struct SandboxDaemon(SandboxDaemonKind Kind, string Id)
{
    /// <summary>Ceph's name for it: <c>mon.a</c>, <c>mgr.x</c>, <c>osd.0</c>, <c>mds.a</c>, <c>client.rgw.a</c>.</summary>
    public string Name => $"{TypeName}.{Id}";

    /// <summary>The program that it is.</summary>
    public string Program => Kind switch
    {
        SandboxDaemonKind.Monitor => "ceph-mon",
        SandboxDaemonKind.Manager => "ceph-mgr",
        SandboxDaemonKind.Osd => "ceph-osd",
        SandboxDaemonKind.MetadataServer => "ceph-mds",
        _ => "radosgw",
    };

    private string TypeName => Kind switch
    {
        SandboxDaemonKind.Monitor => "mon",
        SandboxDaemonKind.Manager => "mgr",
        SandboxDaemonKind.Osd => "osd",
        SandboxDaemonKind.MetadataServer => "mds",
        _ => "client.rgw",
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
