namespace Kalmar.Whisper.Operations;

/// <summary>whisper-merge: the points of one file over those of another with the same archives.</summary>
public static class WhisperMerge
{
    /// <summary>Writes every known point of <paramref name="source"/> to <paramref name="target"/>.</summary>
    /// <param name="source">The file to read.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <param name="from">The first time; null for all.</param>
    /// <param name="until">The last time; null for the present.</param>
    /// <exception cref="WhisperConfigurationException">The archives are not the same.</exception>
    /// <exception cref="ArgumentException">The end is before the beginning.</exception>
    public static void Run(string source, string target, long now, long? from = null, long? until = null)
    {
        using WhisperFile input = WhisperFile.OpenRead(source);
        using WhisperFile output = WhisperFile.Open(target);
        SameArchives.Demand(input, output);
        long begin = from ?? 0;
        long end = until ?? now;
        if (end < begin)
        {
            throw new ArgumentException($"the end {end} is before the beginning {begin}", nameof(until));
        }

        foreach (int index in SameArchives.ByRetention(input.Header))
        {
            ArchiveInfo archive = input.Header.Archives[index];
            long oldest = now - archive.Retention;
            if (end < oldest)
            {
                continue;
            }

            List<WhisperPoint> points = input.FetchPoints(archive, Math.Max(begin, oldest), end);
            if (points.Count > 0)
            {
                output.UpdateArchive(index, [.. points]);
            }
        }
    }
}
