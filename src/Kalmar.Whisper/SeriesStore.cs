using System.Text;
using Kalmar.Whisper.Native;

namespace Kalmar.Whisper;

/// <summary>
/// Writes to the files of many series below one folder, each for as long as an update takes: no file stays open. Builds paths in a
/// buffer of its own and allocates nothing for an update. Not thread-safe: one for each writer.
/// </summary>
public sealed class SeriesStore
{
    private readonly WhisperOptions _options;
    private readonly bool _hashTagged;
    private readonly byte[] _path;
    private readonly int _root;

    /// <summary>Makes a store.</summary>
    /// <param name="dataFolder">The folder that the files lie under; made when it is needed.</param>
    /// <param name="options">How files are made and written.</param>
    /// <param name="hashTaggedNames">Whether files of tagged series lie under the hash of their name.</param>
    public SeriesStore(string dataFolder, WhisperOptions options, bool hashTaggedNames = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        DataFolder = Path.GetFullPath(dataFolder);
        _options = options;
        _hashTagged = hashTaggedNames;
        byte[] root = Encoding.UTF8.GetBytes(DataFolder.TrimEnd('/') + "/");
        _root = root.Length;
        _path = new byte[root.Length + MetricPath.MaxLength + 512];
        root.CopyTo(_path, 0);
    }

    /// <summary>The folder that the files lie under.</summary>
    public string DataFolder { get; }

    /// <summary>Writes points to a series that has a file.</summary>
    /// <param name="metric">The name in its one spelling; see <see cref="MetricName"/>.</param>
    /// <param name="points">Points in any order.</param>
    /// <param name="now">The present, in seconds since 1970.</param>
    /// <returns>False when there is no file.</returns>
    /// <exception cref="WhisperStorageException">The file cannot be opened or written.</exception>
    /// <exception cref="WhisperCorruptException">The file is damaged; nothing was written.</exception>
    public bool TryUpdate(ReadOnlySpan<byte> metric, ReadOnlySpan<WhisperPoint> points, long now)
    {
        ReadOnlySpan<byte> path = PathOf(metric);
        int errno = Descriptor.TryOpenForUpdate(path, out Descriptor file);
        if (errno == Errno.NotFound && _hashTagged && metric.Contains((byte)';') && AdoptReadable(metric))
        {
            errno = Descriptor.TryOpenForUpdate(PathOf(metric), out file);
        }

        if (errno == Errno.NotFound)
        {
            return false;
        }

        if (errno != 0)
        {
            throw Descriptor.Failure("open", path, errno);
        }

        try
        {
            if (_options.Lock)
            {
                file.Lock(Libc.LockExclusive, path);
            }

            ArchiveUpdater updater = ArchiveUpdater.OfThread;
            WhisperHeader header = HeaderReader.Read(file, path, updater.Headers, out long origin);
            Update(updater, file, header, origin, points, now);
        }
        finally
        {
            file.Close();
        }

        return true;
    }

    /// <summary>Makes the file of a series and writes its first points; writes to it when somebody else has made it meanwhile.</summary>
    /// <returns>Whether the file is new.</returns>
    /// <exception cref="WhisperStorageException">The file cannot be made or written; nothing half made is left behind.</exception>
    public bool Create(ReadOnlySpan<byte> metric, WhisperHeader header, ReadOnlySpan<WhisperPoint> points, long now) =>
        Create(metric, header, points, now, again: true);

    private bool Create(ReadOnlySpan<byte> metric, WhisperHeader header, ReadOnlySpan<WhisperPoint> points, long now, bool again)
    {
        ReadOnlySpan<byte> path = PathOf(metric);
        ArchiveUpdater updater = ArchiveUpdater.OfThread;
        ReadOnlySpan<byte> content = FileMaker.IsWrittenWhole(header, _options) ? updater.Content(_path, header, points, now) : [];
        int errno = FileMaker.TryMake(path, header, _options, content, out Descriptor file);
        if (errno == Errno.NotFound)
        {
            Folders.Make(path);
            errno = FileMaker.TryMake(path, header, _options, content, out file);
        }

        if (errno == Errno.Exists && TryUpdate(metric, points, now))
        {
            return false;
        }

        if (errno == Errno.Exists && again)
        {
            // Gone again since. What is there a second time, and still no file, is a link that leads nowhere.
            return Create(metric, header, points, now, again: false);
        }

        if (errno != 0)
        {
            throw Descriptor.Failure("create", path, errno);
        }

        try
        {
            if (content.IsEmpty)
            {
                Update(updater, file, header, 0, points, now);
            }
        }
        finally
        {
            file.Close();
        }

        return true;
    }

    /// <summary>Takes a damaged file out of the way: removes it when no point was ever in it, else renames it.</summary>
    /// <returns>Its new path; null when it was removed.</returns>
    public string? PutAside(ReadOnlySpan<byte> metric, WhisperDamage damage)
    {
        string path = Descriptor.Text(PathOf(metric));
        if (damage == WhisperDamage.Unfinished)
        {
            File.Delete(path);
            return null;
        }

        return DamagedFiles.PutAside(path);
    }

    /// <summary>The path of a series' file.</summary>
    public string FileOf(ReadOnlySpan<byte> metric) => Descriptor.Text(PathOf(metric));

    private void Update(ArchiveUpdater updater, Descriptor file, WhisperHeader header, long origin, ReadOnlySpan<WhisperPoint> points, long now)
    {
        updater.Begin(file, _path, header);
        if (origin >= 0)
        {
            updater.KnowFirstOrigin((uint)origin);
        }

        updater.UpdateMany(points, now);
        if (_options.Flush)
        {
            file.Sync(_path);
        }
    }

    private ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> metric)
    {
        int length;
        if (!_hashTagged && metric.Contains((byte)';'))
        {
            string relative = MetricPath.RelativeReadableFileOf(Encoding.UTF8.GetString(metric));
            length = Encoding.UTF8.GetBytes(relative, _path.AsSpan(_root));
            _path[_root + length++] = 0;
        }
        else
        {
            length = MetricPath.Write(metric, _path.AsSpan(_root));
        }

        return _path.AsSpan(0, _root + length);
    }

    /// <summary>A file under the older, readable name gets the hashed one, as Carbon does.</summary>
    private bool AdoptReadable(ReadOnlySpan<byte> metric)
    {
        string readable = Path.Combine(DataFolder, MetricPath.RelativeReadableFileOf(Encoding.UTF8.GetString(metric)));
        if (Path.GetFileName(readable).Length > 255 || !File.Exists(readable))
        {
            return false;
        }

        File.Move(readable, FileOf(metric));
        return true;
    }
}
