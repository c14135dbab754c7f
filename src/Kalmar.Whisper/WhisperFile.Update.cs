namespace Kalmar.Whisper;

/// <content>Writing.</content>
public sealed partial class WhisperFile
{
    /// <summary>Writes one point and what follows from it in the coarser archives.</summary>
    /// <param name="point">The point.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <exception cref="TimestampNotCoveredException">The time is in the future or older than the file keeps.</exception>
    /// <exception cref="WhisperStorageException">The write failed.</exception>
    public void Update(WhisperPoint point, long now)
    {
        Begin().Update(point, now);
        FlushWhenAsked();
    }

    /// <summary>
    /// Writes many points in any order; each goes into the finest archive that covers its age, then up. Points older than the file
    /// keeps are left out. Of points with the same time the first wins, of points in the same step the latest.
    /// </summary>
    /// <param name="points">The points.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <exception cref="WhisperStorageException">A write failed; what was written before it stays.</exception>
    public void UpdateMany(ReadOnlySpan<WhisperPoint> points, long now)
    {
        if (points.IsEmpty)
        {
            return;
        }

        Begin().UpdateMany(points, now);
        FlushWhenAsked();
    }

    /// <summary>Writes points, in the order of time, into one archive and those coarser than it.</summary>
    internal void UpdateArchive(int archive, ReadOnlySpan<WhisperPoint> points)
    {
        Begin().UpdateArchive(archive, points);
        FlushWhenAsked();
    }

    /// <summary>Writes points, in the order of time, into one archive and into no other.</summary>
    internal void UpdateArchiveOnly(ArchiveInfo archive, ReadOnlySpan<WhisperPoint> points)
    {
        if (!points.IsEmpty)
        {
            Begin().UpdateArchiveOnly(Header.Archives.IndexOf(archive), points);
        }
    }

    /// <summary>Changes how points are aggregated from now on; points that are there stay as they are.</summary>
    /// <param name="aggregation">The new method, or null to keep it.</param>
    /// <param name="xFilesFactor">The new xFilesFactor, or null to keep it.</param>
    /// <exception cref="WhisperConfigurationException">The xFilesFactor is not between 0 and 1.</exception>
    public void SetAggregation(AggregationMethod? aggregation, double? xFilesFactor)
    {
        WhisperHeader header = Header.With(aggregation ?? Header.Aggregation, xFilesFactor ?? Header.XFilesFactor);
        Span<byte> head = stackalloc byte[header.Size];
        header.CopyTo(head);
        File.Write(head[..WhisperHeader.MetadataSize], 0, _path);
        Header = header;
        FlushWhenAsked();
    }

    private ArchiveUpdater Begin()
    {
        ArchiveUpdater updater = ArchiveUpdater.OfThread;
        updater.Begin(File, _path, Header);
        return updater;
    }

    private void FlushWhenAsked()
    {
        if (_flush)
        {
            File.Sync(_path);
        }
    }
}
