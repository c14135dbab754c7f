namespace Kalmar.Wire.Tests;

/// <summary>Ceph's own encoded samples, which lie in tests/corpus by release and type.</summary>
internal static class Corpus
{
    public static readonly string[] Releases = ["16.2.0", "18.2.0", "20.3.0"];

    public static string Root { get; } = Path.Combine(FindRepository(), "tests", "corpus");

    /// <summary>All samples of a type as "release/type/name". A missing folder fails: it means that the corpus is not there.</summary>
    public static IEnumerable<string> Files(string type)
    {
        foreach (string release in Releases)
        {
            string folder = Path.Combine(Root, release, type);
            Assert.True(Directory.Exists(folder), $"no samples of {type} from {release}");
            foreach (string file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                yield return $"{release}/{type}/{Path.GetFileName(file)}";
            }
        }
    }

    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Root, file));

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Kalmar.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("Kalmar.slnx is in no folder above the test");
    }
}
