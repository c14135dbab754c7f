namespace Kalmar.Testing;

/// <summary>Figures of a run that <c>./test</c> prints: what a passing test writes to the console is not shown.</summary>
public static class RunNotes
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = Find();

    /// <summary>Keeps a line; <c>./test</c> prints the files in this folder at its end.</summary>
    /// <param name="name">The file's name without extension.</param>
    /// <param name="line">The line.</param>
    public static void Write(string name, string line)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "notes"));
        File.WriteAllText(Path.Combine(folder.FullName, name + ".txt"), line + "\n");
    }

    private static string Find()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Kalmar.slnx")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        return root;
    }
}
