namespace Kalmar.Sandbox;

/// <summary>What the process table says about one daemon, at the moment of asking.</summary>
/// <param name="Daemon">The daemon.</param>
/// <param name="ProcessId">Its process, or null when it does not run.</param>
/// <param name="Frozen">True when the process is stopped by a signal (SIGSTOP): alive, but it answers nobody.</param>
/// <param name="StartedAt">When the process was started (to about 10 ms), or null when it does not run.</param>
/// <param name="LogPath">Its log file; there is none before the daemon has run once.</param>
public sealed record SandboxDaemonStatus(SandboxDaemon Daemon, int? ProcessId, bool Frozen, DateTimeOffset? StartedAt, string LogPath)
{
    /// <summary>Ceph's name for the daemon, <c>osd.0</c>.</summary>
    public string Name => Daemon.Name;

    /// <summary>True when there is a process, frozen or not.</summary>
    public bool Running => ProcessId is not null;
}
