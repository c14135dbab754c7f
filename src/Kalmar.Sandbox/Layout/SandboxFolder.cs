using System.Text;

namespace Kalmar.Sandbox.Layout;

/// <summary>Where everything lies below a sandbox's folder. Folders are made 0700 and files 0600, since keys lie among them.</summary>
/// <param name="root">The folder, as an absolute path.</param>
internal sealed class SandboxFolder(string root)
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The entries that a sandbox makes; nothing else is ever removed.</summary>
    private static readonly string[] OwnFolders = ["mon", "mgr", "osd", "mds", "rgw", "run", "log", "crash", "python"];
    private static readonly string[] OwnFiles = ["ceph.conf", "keyring", "seed.keyring", "monmap", "initialised", ".lock", "sandbox.json"];

    public string Root { get; } = root;

    public string State => Path.Combine(Root, "sandbox.json");

    public string Conf => Path.Combine(Root, "ceph.conf");

    /// <summary>The keyring of client.admin and of the monitors.</summary>
    public string Keyring => Path.Combine(Root, "keyring");

    /// <summary>Every key with its caps, for the monitors' first start; removed afterwards.</summary>
    public string SeedKeyring => Path.Combine(Root, "seed.keyring");

    public string MonMap => Path.Combine(Root, "monmap");

    /// <summary>There once the cluster has its OSDs and pools.</summary>
    public string Initialised => Path.Combine(Root, "initialised");

    public string Lock => Path.Combine(Root, ".lock");

    /// <summary>Modules that the managers find before the system's.</summary>
    public string Python => Path.Combine(Root, "python");

    public string Data(SandboxDaemon daemon) => Path.Combine(Root, KindFolder(daemon.Kind), daemon.Id);

    /// <summary>There once the daemon's data folder has been made completely.</summary>
    public string Made(SandboxDaemon daemon) => Path.Combine(Data(daemon), "kalmar.made");

    public string KeyringOf(SandboxDaemon daemon) =>
        daemon.Kind == SandboxDaemonKind.Monitor ? Keyring : Path.Combine(Data(daemon), "keyring");

    public string AdminSocket(SandboxDaemon daemon) => Path.Combine(Root, "run", daemon.Name + ".asok");

    public string Log(SandboxDaemon daemon) => Path.Combine(Root, "log", daemon.Name + ".log");

    public void MakeFolders(IEnumerable<SandboxDaemon> daemons)
    {
        Directory.CreateDirectory(Root, OwnerOnlyFolder);
        foreach (string name in OwnFolders.Except(["mds", "rgw"]).Concat(daemons.Select(d => KindFolder(d.Kind))).Distinct())
        {
            Directory.CreateDirectory(Path.Combine(Root, name), OwnerOnlyFolder);
        }

        foreach (SandboxDaemon daemon in daemons)
        {
            Directory.CreateDirectory(Data(daemon), OwnerOnlyFolder);
        }
    }

    /// <summary>Writes a file that only its owner may read, whole or not at all.</summary>
    public static void Write(string path, string text)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnlyFile,
        };
        using (FileStream stream = new(fresh, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Removes what a sandbox made, and the folder itself when nothing else lies in it.</summary>
    public void Remove()
    {
        foreach (string path in OwnFolders.Select(n => Path.Combine(Root, n)).Where(Directory.Exists))
        {
            Directory.Delete(path, recursive: true);
        }

        foreach (string name in OwnFiles)
        {
            File.Delete(Path.Combine(Root, name + ".new"));
            File.Delete(Path.Combine(Root, name));
        }

        if (!Directory.EnumerateFileSystemEntries(Root).Any())
        {
            Directory.Delete(Root);
        }
    }

    private static string KindFolder(SandboxDaemonKind kind) => kind switch
    {
        SandboxDaemonKind.Monitor => "mon",
        SandboxDaemonKind.Manager => "mgr",
        SandboxDaemonKind.Osd => "osd",
        SandboxDaemonKind.MetadataServer => "mds",
        _ => "rgw",
    };
}
