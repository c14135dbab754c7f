namespace Kalmar.Whisper.Ceres;

/// <summary>A tree of Ceres nodes: the dots of a name are folders, as in a folder of Whisper files; a tree's root may have a folder <c>.ceres-tree</c>.</summary>
public static class CeresTree
{
    /// <summary>The nodes below a folder; links and folders that begin with a dot are not followed.</summary>
    /// <param name="root">The folder.</param>
    /// <returns>Each node's name and folder.</returns>
    public static IEnumerable<(string Name, string Folder)> Nodes(string root)
    {
        string full = Path.GetFullPath(root).TrimEnd('/');
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (string marker in Directory.EnumerateFiles(full, CeresNode.Marker, options))
        {
            string folder = Path.GetDirectoryName(marker)!;
            if (folder.Length > full.Length && !folder.AsSpan(full.Length).Contains("/.", StringComparison.Ordinal))
            {
                yield return (folder[(full.Length + 1)..].Replace('/', '.'), folder);
            }
        }
    }

    /// <summary>The folder of a metric, always inside the tree.</summary>
    /// <returns>Null when the name is refused; see <see cref="MetricName"/>.</returns>
    public static string? FolderOf(string root, string metric) =>
        MetricName.Normalize(metric, out _) is { } name && !name.Contains(';') && !name.StartsWith('.')
            ? Path.Combine(root, name.Replace('.', '/'))
            : null;
}
