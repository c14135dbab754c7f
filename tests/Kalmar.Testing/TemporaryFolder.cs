namespace Kalmar.Testing;

/// <summary>An empty folder with a short path (sockets have room for 107 bytes), removed with all that is in it when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes it, readable by its owner only.</summary>
    /// <param name="prefix">What its name begins with.</param>
    public TemporaryFolder(string prefix = "kalmar-test-") => Path = Directory.CreateTempSubdirectory(prefix).FullName;

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The path of something in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
