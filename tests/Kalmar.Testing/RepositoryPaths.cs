namespace Kalmar.Testing;

/// <summary>Where things lie in the checkout that the tests were built from.</summary>
public static class RepositoryPaths
{
    /// <summary>The folder of Kalmar.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Samples of real encodings: <c>tests/corpus/RELEASE/TYPE/HASH</c>.</summary>
    public static string Corpus => Path.Combine(Root, "tests", "corpus");

    /// <summary>Where builds and tests may leave what is not kept in the repository.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>All samples of a type, of all releases that have it. Fails the test when there is none.</summary>
    /// <param name="type">Ceph's name of the type, <c>OSDMap</c>.</param>
    public static IReadOnlyList<string> CorpusFiles(string type)
    {
        string[] files = [.. Directory.GetDirectories(Corpus)
            .Select(release => Path.Combine(release, type))
            .Where(Directory.Exists)
            .SelectMany(Directory.GetFiles)
            .Order(StringComparer.Ordinal)];
        Assert.True(files.Length > 0, $"no samples of {type} below {Corpus}");
        return files;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Kalmar.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("Kalmar.slnx not found above the test program");
    }
}
