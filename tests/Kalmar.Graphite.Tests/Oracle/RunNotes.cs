namespace Kalmar.Graphite.Tests.Oracle;

/// <summary>Figures of a run that <c>./test</c> prints: what a passing test writes to the console is not shown.</summary>
internal static class RunNotes
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Keeps a line; <c>./test</c> prints the files in this folder at its end.</summary>
    public static void Write(string name, string line)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "notes"));
        File.WriteAllText(Path.Combine(folder.FullName, name + ".txt"), line + "\n");
    }

    private static string Find()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Kalmar.slnx"))) root = Path.GetDirectoryName(root)!;
        return root;
    }
}
