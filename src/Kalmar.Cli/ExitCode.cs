namespace Kalmar.Cli;

/// <summary>What the program's exit code means; the numbers above 63 are those of BSD's sysexits.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The command ran and its answer is no: Ceph refused it, a check found something.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>Something that is needed is not there: no monitor answers, Ceph is not installed, a port is taken.</summary>
    public const int Unavailable = 69;

    /// <summary>A fault of Kalmar itself.</summary>
    public const int Internal = 70;

    /// <summary>A file could not be read or written; the disk is full.</summary>
    public const int Io = 74;

    /// <summary>The cluster refused the key, or the system refused the access.</summary>
    public const int NoPermission = 77;

    /// <summary>The configuration is wrong.</summary>
    public const int Configuration = 78;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
