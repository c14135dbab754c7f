namespace Kalmar.Whisper.Operations;

/// <summary>whisper-resize: a file with other archives, xFilesFactor or aggregation, its points taken along.</summary>
public static class WhisperResize
{
    /// <summary>Makes the new file beside the old one, then puts it in its place; the old one stays as <c>.bak</c> unless told otherwise.</summary>
    /// <param name="path">The file.</param>
    /// <param name="retentions">The new archives.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <param name="options">What else to change and what to keep.</param>
    /// <exception cref="WhisperStorageException">The new file cannot be made; the old one is as it was.</exception>
    public static void Run(string path, RetentionPolicy retentions, long now, ResizeOptions? options = null)
    {
        options ??= new ResizeOptions();
        string target = options.NewFile ?? path + ".tmp";
        options.Progress?.Invoke("Retrieving all data from the archives");
        if (options.NewFile is null && File.Exists(target))
        {
            options.Progress?.Invoke($"Removing previous temporary database file: {target}");
            File.Delete(target);
        }

        options.Progress?.Invoke($"Creating new whisper database: {target}");

        using (WhisperFile old = WhisperFile.OpenRead(path))
        using (WhisperFile made = WhisperFile.Create(
            target,
            retentions,
            options.Aggregation ?? old.Header.Aggregation,
            options.XFilesFactor ?? old.Header.XFilesFactor))
        {
            options.Progress?.Invoke($"Created: {target} ({retentions.FileSize} bytes)");
            options.Progress?.Invoke(options.Aggregate ? "Migrating data with aggregation..." : "Migrating data without aggregation...");
            if (options.Aggregate)
            {
                Aggregate(old, made, now);
            }
            else
            {
                Copy(old, made, now);
            }
        }

        if (options.NewFile is null)
        {
            string backup = path + ".bak";
            options.Progress?.Invoke($"Renaming old database to: {backup}");
            File.Move(path, backup, overwrite: true);
            options.Progress?.Invoke($"Renaming new database to: {path}");
            File.Move(target, path);
            if (!options.KeepBackup)
            {
                options.Progress?.Invoke($"Unlinking backup: {backup}");
                File.Delete(backup);
            }
        }
    }

    /// <summary>Coarsest archive first, so that finer points come last and stay.</summary>
    private static void Copy(WhisperFile old, WhisperFile made, long now)
    {
        foreach (ArchiveInfo archive in old.Header.Archives.OrderByDescending(a => a.SecondsPerPoint))
        {
            made.UpdateMany(Known(old, archive, now), now);
        }
    }

    /// <summary>Each new archive from all old points that fall into its steps, the finest that reach there.</summary>
    private static void Aggregate(WhisperFile old, WhisperFile made, long now)
    {
        SortedDictionary<uint, double> all = [];
        uint covered = uint.MaxValue;
        foreach (ArchiveInfo archive in old.Header.Archives.OrderBy(a => a.SecondsPerPoint))
        {
            foreach (WhisperPoint point in Known(old, archive, now).Where(p => p.Timestamp < covered))
            {
                all.TryAdd(point.Timestamp, point.Value);
            }

            covered = (uint)Math.Max(0, now - archive.Retention);
        }

        foreach (ArchiveInfo archive in made.Header.Archives)
        {
            WhisperPoint[] points = [.. all
                .Where(p => p.Key > now - archive.Retention)
                .GroupBy(p => p.Key - (p.Key % archive.SecondsPerPoint))
                .Select(g => new WhisperPoint(g.Key, Aggregation.Of(made.Header.Aggregation, g.Select(p => p.Value).ToArray(), g.Count())))];
            made.UpdateArchiveOnly(archive, points);
        }
    }

    private static WhisperPoint[] Known(WhisperFile file, ArchiveInfo archive, long now) =>
        [.. file.FetchPoints(archive, now - archive.Retention + archive.SecondsPerPoint, now)];
}
