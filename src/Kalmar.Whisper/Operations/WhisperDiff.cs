namespace Kalmar.Whisper.Operations;

/// <summary>whisper-diff: what is not the same in two files with the same archives.</summary>
public static class WhisperDiff
{
    /// <summary>Compares two files, each archive over the time that the finer ones do not cover.</summary>
    /// <param name="first">A file.</param>
    /// <param name="second">Another.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <param name="ignoreEmpty">Leave out points that only one of them has.</param>
    /// <param name="until">The last time; null for the present.</param>
    /// <exception cref="WhisperConfigurationException">The archives are not the same.</exception>
    public static IReadOnlyList<ArchiveDifference> Run(string first, string second, long now, bool ignoreEmpty = false, long? until = null)
    {
        using WhisperFile a = WhisperFile.OpenRead(first);
        using WhisperFile b = WhisperFile.OpenRead(second);
        SameArchives.Demand(a, b);
        long end = until ?? now;
        List<ArchiveDifference> archives = [];
        foreach (int index in SameArchives.ByRetention(a.Header))
        {
            ArchiveInfo archive = a.Header.Archives[index];
            long start = now - archive.Retention;
            Dictionary<uint, double> left = a.FetchPoints(archive, start, end).ToDictionary(p => p.Timestamp, p => p.Value);
            Dictionary<uint, double> right = b.FetchPoints(archive, start, end).ToDictionary(p => p.Timestamp, p => p.Value);
            int total = 0;
            List<PointDifference> points = [];
            foreach (uint time in left.Keys.Union(right.Keys).Order())
            {
                double? x = left.TryGetValue(time, out double l) ? l : null;
                double? y = right.TryGetValue(time, out double r) ? r : null;
                if (ignoreEmpty && (x is null || y is null))
                {
                    continue;
                }

                total++;
                if (x != y)
                {
                    points.Add(new PointDifference(time, x, y));
                }
            }

            archives.Add(new ArchiveDifference(archives.Count, points, total));
            end = Math.Min(start, end);
        }

        return archives;
    }
}
