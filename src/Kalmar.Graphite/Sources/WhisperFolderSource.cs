using Kalmar.Whisper;

namespace Kalmar.Graphite.Sources;

/// <summary>
/// A folder of Whisper files (packed ones, <c>.wsp.gz</c>, among them), with the points that wait in Carbon's cache laid over them. Names are kept in memory:
/// <see cref="Announce"/> makes a new metric seen at once, <see cref="Rescan"/> finds what others made or removed. Safe for several threads.
/// </summary>
public sealed class WhisperFolderSource : FolderSource
{
    private readonly IPendingPoints? _pending;
    private readonly TimeProvider _clock;
    private readonly Lock _scanning = new();
    private readonly Lock _announcing = new();
    private List<string>? _announced;
    private HashSet<string> _missed = new(StringComparer.Ordinal);

    /// <summary>Opens the folder and reads its names.</summary>
    /// <param name="folder">The folder; it need not exist yet.</param>
    /// <param name="pending">Points that wait to be written, or null.</param>
    /// <param name="clock">The clock by which stored times are told, or null for the system's.</param>
    public WhisperFolderSource(string folder, IPendingPoints? pending = null, TimeProvider? clock = null)
        : base(folder)
    {
        (_pending, _clock) = (pending, clock ?? TimeProvider.System);
        Rescan();
    }

    /// <summary>Gets the name of each metric that is announced for the first time; must be quick.</summary>
    public Action<string>? OnNew { get; set; }

    /// <summary>Makes a metric known before its file is there.</summary>
    public void Announce(string metric)
    {
        if (Index.Contains(metric)) return;
        lock (_announcing)
        {
            if (!Index.Add(metric)) return;
            _announced?.Add(metric);
        }

        OnNew?.Invoke(metric);
    }

    /// <summary>
    /// Reads the names in the folder anew. A million files take some seconds; queries go on meanwhile, and what is announced or written meanwhile stays.
    /// A name whose file is gone is forgotten when the next scan does not find it either: it may be on its way from the cache to the disk.
    /// </summary>
    public override void Rescan()
    {
        lock (_scanning)
        {
            lock (_announcing) _announced = [];
            var found = new HashSet<string>(Scan(Folder), StringComparer.Ordinal);
            found.UnionWith(KnownNames(found));
            var fresh = MetricIndex.Of(found);
            lock (_announcing)
            {
                // Into the new names before anybody sees these: what was announced meanwhile is not gone for a moment either.
                foreach (var metric in _announced) fresh.Add(metric);
                _announced = null;
                Index.Take(fresh);
            }
        }
    }

    private protected override Series? Read(string metric, FetchQuery query)
    {
        List<PendingPoint> waiting = [];
        _pending?.CopyTo(metric, waiting);
        try
        {
            using var file = Open(metric);
            if (query.From > query.Now || file.Header.MaxRetention < query.Now - query.Until) return null;
            query.Budget.Values((Math.Min(query.Until, query.Now) - Math.Max(query.From, query.Now - file.Header.MaxRetention)) / file.Header.Archives[^1].SecondsPerPoint);
            var fetched = file.Fetch(query.From, query.Until, query.Now);
            if (fetched is null) return null;
            query.Budget.Values(fetched.Values.Length);
            if (waiting.Count > 0) PendingMerger.Merge(waiting, fetched, file.Header);
            return new Series(metric, fetched.From, fetched.Until, fetched.Step, fetched.Values);
        }
        catch (WhisperException)
        {
            // Not written yet, gone since the index was read, or damaged: what is in the cache can still be seen.
            return waiting.Count == 0 ? null : PendingMerger.Alone(metric, waiting, Math.Max(_pending!.StepOf(metric), 1), query);
        }
    }

    private protected override TimeInterval[] IntervalsOf(string metric)
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        try
        {
            using var file = Open(metric);
            var start = now - file.Header.MaxRetention;
            return [new TimeInterval(start, Math.Max(new DateTimeOffset(File.GetLastWriteTimeUtc(file.Path)).ToUnixTimeMilliseconds() / 1000.0, start))];
        }
        catch (WhisperException)
        {
            return [new TimeInterval(now, now)];
        }
    }

    private protected override void Found(string metric) => Announce(metric);

    private protected override bool IsThere(string metric) => IsFile(FileOf(metric)) || IsFile(FileOf(metric, WhisperFile.GzipExtension));

    private bool IsFile(string file)
    {
        try
        {
            return File.Exists(file) && !HasLink(file);
        }
        catch (IOException)
        {
            // It went away between the two looks.
            return false;
        }
    }

    // Links are not followed: where they lead is nobody's data folder.
    private bool HasLink(string file)
    {
        for (var at = Folder.Length; at >= 0; at = file.IndexOf('/', at + 1))
        {
            if (at > Folder.Length && File.GetAttributes(file[..at]).HasFlag(FileAttributes.ReparsePoint)) return true;
        }

        return File.GetAttributes(file).HasFlag(FileAttributes.ReparsePoint);
    }

    // A packed file counts where there is none that is not packed.
    private WhisperFile Open(string metric)
    {
        var file = FileOf(metric);
        try
        {
            return WhisperFile.OpenRead(file);
        }
        catch (WhisperStorageException) when (!File.Exists(file) && IsFile(FileOf(metric, WhisperFile.GzipExtension)))
        {
            return WhisperFile.OpenGzip(FileOf(metric, WhisperFile.GzipExtension));
        }
    }

    private string FileOf(string metric, string extension = MetricPath.Extension) => Path.Combine(Folder, Tags.TaggedName.ToFilePath(metric) + extension);

    /// <summary>Names that the scan did not meet and that are kept: they wait to be written, were written while it ran, or are missed for the first time.</summary>
    private List<string> KnownNames(HashSet<string> found)
    {
        List<string> names = [];
        Index.CopyTo(names);
        var missed = new HashSet<string>(StringComparer.Ordinal);
        List<PendingPoint> waiting = [];
        names.RemoveAll(n =>
        {
            if (found.Contains(n)) return true;
            waiting.Clear();
            _pending?.CopyTo(n, waiting);
            if (waiting.Count > 0 || IsThere(n)) return false;
            missed.Add(n);
            return _missed.Contains(n);
        });
        _missed = missed;
        return names;
    }

    /// <summary>The metric of a file below the folder, or null when the file is none.</summary>
    internal string? NameOf(string file)
    {
        if (!file.EndsWith(MetricPath.Extension, StringComparison.Ordinal) && !file.EndsWith(WhisperFile.GzipExtension, StringComparison.Ordinal)) return null;
        var relative = file.AsSpan(Folder.Length + 1);
        var name = relative[(relative.LastIndexOf('/') + 1)..];
        if (name[0] == '.') return null;

        // As in graphite-web, a file's name counts up to its first dot.
        var end = relative.Length - name.Length + name.IndexOf('.');
        return relative[..end].ToString().Replace('/', '.');
    }

    /// <summary>The metrics of all files below a folder, which is this one or lies in it.</summary>
    internal IEnumerable<string> Scan(string folder)
    {
        if (!Directory.Exists(folder)) yield break;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint, MatchType = MatchType.Simple };
        foreach (var file in Directory.EnumerateFiles(folder, "*" + MetricPath.Extension + "*", options))
        {
            if (NameOf(file) is { } name) yield return name;
        }
    }
}
