namespace Kalmar.Sandbox;

/// <summary>A sandbox and its daemons, as the process table shows them. Says nothing about Ceph's health: ask the cluster for that.</summary>
/// <param name="Folder">Where the sandbox lives.</param>
/// <param name="Fsid">The cluster's id.</param>
/// <param name="ConfPath">Its ceph.conf.</param>
/// <param name="Daemons">Every daemon that the sandbox has, running or not, monitors first.</param>
public sealed record SandboxStatus(string Folder, Guid Fsid, string ConfPath, IReadOnlyList<SandboxDaemonStatus> Daemons)
{
    /// <summary>True when every daemon has a process and none is frozen.</summary>
    public bool AllRunning => Daemons.All(d => d.Running && !d.Frozen);

    /// <summary>True when no daemon has a process.</summary>
    public bool AllStopped => Daemons.All(d => !d.Running);
}
