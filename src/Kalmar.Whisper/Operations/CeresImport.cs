using Kalmar.Whisper.Ceres;

namespace Kalmar.Whisper.Operations;

/// <summary>A Ceres node's points in a new Whisper file.</summary>
public static class CeresImport
{
    /// <summary>
    /// The archives that keep all that a node has: one for each step of its slices, as far back as the oldest slice of that step reaches.
    /// Steps that Whisper could not put together are left to the next finer one.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    public static RetentionPolicy RetentionsOf(CeresNode node, long now)
    {
        List<ArchiveSpec> archives = [];
        foreach (IGrouping<int, CeresSlice> same in node.Slices.GroupBy(s => s.Step).OrderBy(g => g.Key))
        {
            long span = Math.Max(now - same.Min(s => s.Start), 1) + same.Key;
            var archive = new ArchiveSpec((uint)same.Key, (uint)((span + same.Key - 1) / same.Key));
            if (archives.Count == 0)
            {
                archives.Add(archive);
                continue;
            }

            ArchiveSpec fine = archives[^1];
            if (archive.Retention <= fine.Retention)
            {
                continue;
            }

            uint ratio = archive.SecondsPerPoint / fine.SecondsPerPoint;
            if (archive.SecondsPerPoint % fine.SecondsPerPoint != 0)
            {
                archives[^1] = fine with { Points = (uint)((archive.Retention + fine.SecondsPerPoint - 1) / fine.SecondsPerPoint) };
                continue;
            }

            archives[^1] = fine with { Points = Math.Max(fine.Points, ratio) };
            archives.Add(archive.Retention > archives[^1].Retention ? archive : archive with { Points = archive.Points + ratio });
        }

        return archives.Count > 0 ? new RetentionPolicy(archives) : new RetentionPolicy(new ArchiveSpec((uint)node.Step, 1440));
    }

    /// <summary>Makes the file and writes the points into every archive that reaches back to them.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">The file to make; its folder is made when it is missing.</param>
    /// <param name="retentions">Its archives.</param>
    /// <param name="aggregation">How coarser archives are made of finer points.</param>
    /// <param name="xFilesFactor">Written to the file; the import itself leaves no known point out.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <returns>Points in the file's finest fitting archives, and points that are older than it keeps.</returns>
    /// <exception cref="WhisperStorageException">The file is there already or cannot be made.</exception>
    public static (int Written, int TooOld) Run(
        CeresNode node, string path, RetentionPolicy retentions, AggregationMethod aggregation, double xFilesFactor, long now)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(retentions);
        IReadOnlyList<WhisperPoint> points = node.Points(0, now);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using WhisperFile file = WhisperFile.Create(path, retentions, aggregation, xFilesFactor);
        foreach (ArchiveInfo archive in file.Header.Archives)
        {
            WhisperPoint[] kept = [.. points
                .Where(p => p.Timestamp > now - archive.Retention)
                .GroupBy(p => p.Timestamp - (p.Timestamp % archive.SecondsPerPoint))
                .Select(g => new WhisperPoint(g.Key, Whisper.Aggregation.Of(aggregation, g.Select(p => p.Value).ToArray(), g.Count())))];
            file.UpdateArchiveOnly(archive, kept);
        }

        int written = points.Count(p => p.Timestamp > now - retentions.MaxRetention);
        return (written, points.Count - written);
    }
}
