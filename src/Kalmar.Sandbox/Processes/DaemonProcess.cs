namespace Kalmar.Sandbox.Processes;

/// <summary>A process that runs one of Ceph's daemon programs with a sandbox's ceph.conf.</summary>
/// <param name="Identity">Which process.</param>
/// <param name="Program">The program's name, <c>ceph-osd</c>.</param>
/// <param name="Id">What <c>-i</c> or <c>-n</c> says: <c>0</c>, <c>client.rgw.a</c>.</param>
/// <param name="Serving">False while it only makes a data folder (<c>--mkfs</c>).</param>
/// <param name="Frozen">Stopped by a signal.</param>
internal sealed record DaemonProcess(ProcessIdentity Identity, string Program, string Id, bool Serving, bool Frozen)
{
    public bool Is(SandboxDaemon daemon) =>
        string.Equals(Program, daemon.Program, StringComparison.Ordinal)
        && string.Equals(Id, daemon.Kind == SandboxDaemonKind.ObjectGateway ? daemon.Name : daemon.Id, StringComparison.Ordinal);
}
