namespace Kalmar.Rados.Configuration;

/// <summary>Says in one line why a file could not be read.</summary>
internal static class FileProblem
{
    public static string Describe(string path, Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path}: no such file",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path}: is a folder, not a file",
        UnauthorizedAccessException => $"{path}: permission denied for user {Environment.UserName}",
        _ => $"{path}: {e.Message.ReplaceLineEndings(" ")}",
    };
}
