namespace Kalmar.Rados.Tests.Maps;

/// <summary>Samples of real encodings under tests/corpus.</summary>
internal static class Corpus
{
    public static string Root { get; } = Path.Combine(FindRepository(), "tests", "corpus");

    /// <summary>All samples of one structure, over all releases.</summary>
    public static IReadOnlyList<CorpusSample> Of(string type)
    {
        CorpusSample[] samples =
        [
            .. Directory.GetDirectories(Root)
                .Select(release => Path.Combine(release, type))
                .Where(Directory.Exists)
                .SelectMany(Directory.GetFiles)
                .Order(StringComparer.Ordinal)
                .Select(path => new CorpusSample(Path.GetRelativePath(Root, path), File.ReadAllBytes(path))),
        ];
        Assert.NotEmpty(samples);
        return samples;
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Kalmar.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Kalmar.slnx is in no folder above the tests");
    }
}
