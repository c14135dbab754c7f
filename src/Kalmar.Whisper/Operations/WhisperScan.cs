namespace Kalmar.Whisper.Operations;

/// <summary>find-corrupt-whisper-files: looks at every file below a folder.</summary>
public static class WhisperScan
{
    /// <summary>The damaged files, one after another; links are not followed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="sound">Gets each sound file with its header; null when nobody wants it.</param>
    public static IEnumerable<WhisperCorruptException> Damaged(string folder, Action<string, WhisperHeader>? sound = null)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (string file in Directory.EnumerateFiles(folder, "*" + MetricPath.Extension, options))
        {
            if (Look(file, sound) is { } damage)
            {
                yield return damage;
            }
        }
    }

    /// <summary>The damage of a file, or null for a sound one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="sound">Gets it with its header when it is sound.</param>
    public static WhisperCorruptException? Look(string file, Action<string, WhisperHeader>? sound = null)
    {
        try
        {
            WhisperHeader header = WhisperFile.Info(file);
            sound?.Invoke(file, header);
            return null;
        }
        catch (WhisperCorruptException e)
        {
            return e;
        }
    }
}
