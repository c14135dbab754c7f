namespace Kalmar.Collectors.Tests;

/// <summary>A folder that stands for <c>/proc</c> and goes away with the test.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kalmar-collectors-").FullName;

    public void Write(string file, string text)
    {
        string full = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void CopyFrom(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            Write(System.IO.Path.GetRelativePath(folder, file), File.ReadAllText(file));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
