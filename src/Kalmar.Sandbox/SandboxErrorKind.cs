namespace Kalmar.Sandbox;

/// <summary>What kept a sandbox from doing what it was asked; programs choose an exit code by it.</summary>
public enum SandboxErrorKind
{
    /// <summary>An option makes no sense or does not fit another one.</summary>
    InvalidOptions,

    /// <summary>A program of Ceph is not installed on this machine.</summary>
    CephMissing,

    /// <summary>Packages could not be installed.</summary>
    InstallFailed,

    /// <summary>The folder holds something else than a sandbox, or no sandbox where one was expected.</summary>
    WrongFolder,

    /// <summary>Another process is starting, stopping or removing the same sandbox.</summary>
    Busy,

    /// <summary>The file system has too little room.</summary>
    DiskFull,

    /// <summary>A port that the sandbox needs belongs to another process.</summary>
    PortTaken,

    /// <summary>A daemon ended while it was being started, or one of Ceph's tools failed.</summary>
    DaemonFailed,

    /// <summary>The cluster did not become ready in time.</summary>
    Timeout,

    /// <summary>No such daemon in this sandbox, or it is not in the state that the request needs.</summary>
    NoSuchDaemon,
}
