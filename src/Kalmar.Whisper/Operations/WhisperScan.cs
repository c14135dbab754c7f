namespace Kalmar.Whisper.Operations;

/// <summary>find-corrupt-whisper-files: looks at every file below a folder.</summary>
public static class WhisperScan
{
    /// <summary>The damaged files, one after another; links are not followed.</summary>
    /// <param name="folder">The folder.</param>
    public static IEnumerable<WhisperCorruptException> Damaged(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (string file in Directory.EnumerateFiles(folder, "*" + MetricPath.Extension, options))
        {
            if (Look(file) is { } damage)
            {
                yield return damage;
            }
        }
    }

    /// <summary>The damage of a file, or null for a sound one.</summary>
    public static WhisperCorruptException? Look(string file)
    {
        try
        {
            WhisperFile.Info(file);
            return null;
        }
        catch (WhisperCorruptException e)
        {
            return e;
        }
    }
}
