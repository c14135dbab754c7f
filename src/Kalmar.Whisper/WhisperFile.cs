using Kalmar.Whisper.Native;

namespace Kalmar.Whisper;

/// <summary>
/// A metric's file in the format of Graphite's Whisper: archives of fixed size, each a ring of points. Holds the file open; not
/// safe for several threads at once, while several instances and processes may read a file that one writes.
/// </summary>
public sealed partial class WhisperFile : IDisposable
{
    private readonly byte[] _path;
    private readonly bool _flush;
    private Descriptor _file;

    private WhisperFile(Descriptor file, byte[] path, WhisperHeader header, bool flush)
    {
        _file = file;
        _path = path;
        _flush = flush;
        Header = header;
    }

    /// <summary>The file's path.</summary>
    public string Path => Descriptor.Text(_path);

    /// <summary>Aggregation, xFilesFactor and archives.</summary>
    public WhisperHeader Header { get; private set; }

    /// <summary>Opens a file to read it.</summary>
    /// <exception cref="WhisperStorageException">It is not there or may not be read.</exception>
    /// <exception cref="WhisperCorruptException">It is damaged.</exception>
    public static WhisperFile OpenRead(string path) => Open(Descriptor.Terminated(path), Libc.ReadOnly, WhisperOptions.Default);

    /// <summary>Opens a file to read and write it.</summary>
    /// <exception cref="WhisperStorageException">It is not there or may not be written.</exception>
    /// <exception cref="WhisperCorruptException">It is damaged.</exception>
    public static WhisperFile Open(string path, WhisperOptions? options = null) =>
        Open(Descriptor.Terminated(path), Libc.ReadWrite, options ?? WhisperOptions.Default);

    /// <summary>Reads a file's header.</summary>
    /// <exception cref="WhisperStorageException">It is not there or may not be read.</exception>
    /// <exception cref="WhisperCorruptException">It is damaged.</exception>
    public static WhisperHeader Info(string path)
    {
        using WhisperFile file = OpenRead(path);
        return file.Header;
    }

    /// <summary>
    /// Makes a new file with empty archives. The header is written last, so a file whose making was cut short is known as
    /// <see cref="WhisperDamage.Unfinished"/>; when the disk is full nothing is left behind.
    /// </summary>
    /// <exception cref="WhisperStorageException">It exists already, its folder is missing, or the disk is full.</exception>
    /// <exception cref="WhisperConfigurationException">The xFilesFactor is not between 0 and 1.</exception>
    public static WhisperFile Create(
        string path,
        RetentionPolicy retentions,
        AggregationMethod aggregation = AggregationMethod.Average,
        double xFilesFactor = 0.5,
        WhisperOptions? options = null)
    {
        options ??= WhisperOptions.Default;
        WhisperHeader header = WhisperHeader.For(retentions, aggregation, xFilesFactor);
        byte[] terminated = Descriptor.Terminated(path);
        Descriptor file = FileMaker.Make(terminated, header, options);
        return new WhisperFile(file, terminated, header, options.Flush);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Close();
        _file = new Descriptor(-1);
    }

    private static WhisperFile Open(byte[] path, int flags, WhisperOptions options)
    {
        int errno = Descriptor.TryOpen(path, flags, out Descriptor file);
        if (errno != 0)
        {
            throw Descriptor.Failure("open", path, errno);
        }

        try
        {
            if (options.Lock)
            {
                file.Lock(flags == Libc.ReadOnly ? Libc.LockShared : Libc.LockExclusive, path);
            }

            return new WhisperFile(file, path, HeaderReader.Read(file, path, ArchiveUpdater.OfThread.Headers, out _), options.Flush);
        }
        catch
        {
            file.Close();
            throw;
        }
    }

    private Descriptor File => _file.IsOpen ? _file : throw new ObjectDisposedException(nameof(WhisperFile));
}
