using System.Threading.Channels;

namespace Kalmar.Graphite.Sources;

/// <summary>
/// Keeps the names of a folder up to date that another program writes: new files are known as soon as the system tells of them. It tells nothing of files
/// that are removed, and nothing when there are too many folders to watch: a <see cref="PeriodicRescan"/> beside it finds those. Disposing ends it.
/// </summary>
public sealed class WhisperFolderWatch : IAsyncDisposable
{
    private readonly WhisperFolderSource _source;
    private readonly CancellationTokenSource _stop = new();

    // Folders are made seldom; what does not fit is found by the next reading of all.
    private readonly Channel<string> _folders = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileSystemWatcher? _watcher;
    private readonly Task _newFolders;

    /// <summary>Begins to watch.</summary>
    /// <param name="source">Whose names are kept up to date.</param>
    public WhisperFolderWatch(WhisperFolderSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
        _newFolders = ReadFoldersAsync(_stop.Token);
        _watcher = Watch();
    }

    /// <summary>Why new files are only found by reading all names, or null when the system tells of them.</summary>
    public string? Trouble { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _newFolders.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(_source.Folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName, InternalBufferSize = 64 * 1024 };
            watcher.Created += (_, made) => Seen(made.FullPath);
            watcher.Renamed += (_, made) => Seen(made.FullPath);
            watcher.Error += (_, error) => Trouble = error.GetException().Message;
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Trouble = e.Message;
            return null;
        }
    }

    private void Seen(string path)
    {
        if (_source.NameOf(path) is { } name) _source.Announce(name);
        else _folders.Writer.TryWrite(path);
    }

    // What was made in a new folder before it was watched is not told.
    private async Task ReadFoldersAsync(CancellationToken cancellationToken)
    {
        await foreach (var folder in _folders.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var name in _source.Scan(folder)) _source.Announce(name);
        }
    }
}
