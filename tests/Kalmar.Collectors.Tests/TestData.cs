namespace Kalmar.Collectors.Tests;

public static class TestData
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Data");

    /// <summary>What a real daemon or command of 16.2.15 answered.</summary>
    public static byte[] Ceph(string file) => File.ReadAllBytes(Path.Combine(Folder, "16.2.15", file));

    public static string Proc(string kernel) => Path.Combine(Folder, "proc", kernel);
}
