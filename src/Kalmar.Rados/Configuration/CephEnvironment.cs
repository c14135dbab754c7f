namespace Kalmar.Rados.Configuration;

/// <summary>What configuration takes from around the process; tests put their own in its place.</summary>
public sealed record CephEnvironment
{
    /// <summary>The environment of this process.</summary>
    public static CephEnvironment Current => new();

    /// <summary>Looks an environment variable up.</summary>
    public Func<string, string?> Variable { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>This host's name, of which <c>$host</c> is the part before the first dot.</summary>
    public string HostName { get; init; } = System.Environment.MachineName;

    /// <summary>The user's home folder.</summary>
    public string HomeFolder { get; init; } = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);

    /// <summary>The folder below which <c>ceph/</c> with the system's configuration lies.</summary>
    public string SystemConfigurationFolder { get; init; } = "/etc";

    /// <summary>The folder where <c>./$cluster.conf</c> is looked for.</summary>
    public string CurrentFolder { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>For <c>$pid</c>.</summary>
    public int ProcessId { get; init; } = System.Environment.ProcessId;
}
