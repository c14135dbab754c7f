using System.Text.RegularExpressions;
using Kalmar.Graphite.Text;

namespace Kalmar.Graphite.Tags;

/// <summary>
/// Tagged series in memory, by tag and value; a journal keeps them over a restart. A query intersects the sets of the values that match, smallest
/// first. Safe for several threads: many read while one changes.
/// </summary>
public sealed class TagIndex : ITagStore, IDisposable
{
    private const int MaxPathLength = 8192;
    private readonly ReaderWriterLockSlim _gate = new(LockRecursionPolicy.NoRecursion);
    private readonly SemaphoreSlim _change = new(1, 1);
    private readonly ITagJournal? _journal;
    private readonly Dictionary<string, Entry> _series = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TagEntries> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _valueIds = new(StringComparer.Ordinal);

    private TagIndex(ITagJournal? journal) => _journal = journal;

    /// <summary>How many series there are.</summary>
    public int Count => _series.Count;

    /// <summary>Opens the index and reads what the journal holds.</summary>
    /// <param name="journal">What outlives the process, or null to keep nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<TagIndex> OpenAsync(ITagJournal? journal, CancellationToken cancellationToken)
    {
        var index = new TagIndex(journal);
        if (journal is null) return index;
        foreach (var path in await journal.LoadSeriesAsync(cancellationToken).ConfigureAwait(false)) index.Insert(TaggedName.Parse(path));
        return index;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> FindSeriesAsync(IReadOnlyList<string> expressions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expressions);
        var wanted = expressions.Select(TagExpression.Parse).ToList();
        return new(Read(() => (IReadOnlyList<string>)Find(wanted, cancellationToken).Select(e => e.Path).Order(StringComparer.Ordinal).ToList()));
    }

    /// <inheritdoc/>
    public async ValueTask<string> TagSeriesAsync(string path, CancellationToken cancellationToken) =>
        (await TagSeriesAsync([path], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> TagSeriesAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var names = paths.Select(p => p.Length <= MaxPathLength ? TaggedName.Parse(p) : throw GraphiteException.Limit($"A path has at most {MaxPathLength} characters")).ToList();
        await _change.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var fresh = Read(() => names.Where(n => !_series.ContainsKey(n.Path)).DistinctBy(n => n.Path).ToList());
            if (fresh.Count > 0 && _journal is not null) await _journal.AddSeriesAsync([.. fresh.Select(n => n.Path)], cancellationToken).ConfigureAwait(false);
            Write(() => fresh.ForEach(Insert));
        }
        finally
        {
            _change.Release();
        }

        return names.ConvertAll(n => n.Path);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteSeriesAsync(string path, CancellationToken cancellationToken)
    {
        var name = TaggedName.Parse(path).Path;
        await _change.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!Read(() => _series.ContainsKey(name))) return false;
            if (_journal is not null) await _journal.RemoveSeriesAsync([name], cancellationToken).ConfigureAwait(false);
            Write(() => Remove(name));
            return true;
        }
        finally
        {
            _change.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TagEntry>> ListTagsAsync(string? filter, int? limit, CancellationToken cancellationToken)
    {
        var regex = Filter(filter);
        return new(Read(() => (IReadOnlyList<TagEntry>)_tags.Where(t => Passes(regex, t.Key)).Select(t => new TagEntry(t.Value.Id, t.Key)).Take(limit ?? int.MaxValue).ToList()));
    }

    /// <inheritdoc/>
    public ValueTask<TagValues?> GetTagAsync(string tag, string? filter, int? limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var regex = Filter(filter);
        return new(Read(() => _tags.TryGetValue(tag, out var entries)
            ? new TagValues(entries.Id, tag, entries.Values.Where(v => Passes(regex, v.Key)).Select(v => new TagValue(_valueIds[v.Key], v.Key, v.Value.Count)).Take(limit ?? int.MaxValue).ToList())
            : null));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> CompleteTagsAsync(IReadOnlyList<string> expressions, string? prefix, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expressions);
        var wanted = expressions.Select(TagExpression.Parse).ToList();
        return new(Read(() =>
        {
            IEnumerable<string> tags = _tags.Keys;
            if (wanted.Count > 0)
            {
                var seen = new SortedSet<string>(StringComparer.Ordinal);
                foreach (var entry in Find(wanted, cancellationToken)) seen.UnionWith(entry.Tags.Select(t => t.Key));
                tags = seen.Where(t => !wanted.Exists(w => w.Tag == t));
            }

            return (IReadOnlyList<string>)tags.Where(t => Begins(t, prefix)).Take(limit).ToList();
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> CompleteValuesAsync(
        IReadOnlyList<string> expressions, string tag, string? prefix, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(expressions);
        ArgumentNullException.ThrowIfNull(tag);
        var wanted = expressions.Select(TagExpression.Parse).ToList();
        return new(Read(() =>
        {
            if (!_tags.TryGetValue(tag, out var entries)) return [];
            IEnumerable<string> values = entries.Values.Keys;
            if (wanted.Count > 0)
            {
                wanted.Add(TagExpression.Parse(tag + "!="));
                values = new SortedSet<string>(Find(wanted, cancellationToken).Select(e => e.Tags[tag]), StringComparer.Ordinal);
            }

            return (IReadOnlyList<string>)values.Where(v => Begins(v, prefix)).Take(limit).ToList();
        }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gate.Dispose();
        _change.Dispose();
    }

    private static bool Begins(string text, string? prefix) => string.IsNullOrEmpty(prefix) || text.StartsWith(prefix, StringComparison.Ordinal);

    private static Regex? Filter(string? filter) => string.IsNullOrEmpty(filter) ? null : PythonRegex.Compile(filter, anchored: !filter.StartsWith('^'));

    private static bool Passes(Regex? regex, string text) => regex is null || PythonRegex.Search(regex, text);

    private IEnumerable<Entry> Find(List<TagExpression> wanted, CancellationToken cancellationToken)
    {
        if (wanted.TrueForAll(w => w.MatchesEmpty)) throw new GraphiteException("At least one tagspec must not match the empty string");
        List<HashSet<Entry>> sets = [];
        foreach (var expression in wanted.Where(w => !w.MatchesEmpty))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Having(expression) is not { Count: > 0 } set) return [];
            sets.Add(set);
        }

        var first = sets.MinBy(s => s.Count)!;
        var filters = wanted.FindAll(w => w.MatchesEmpty);
        return first.Where(e => sets.TrueForAll(s => s == first || s.Contains(e)) && filters.TrueForAll(f => f.Matches(e.Tags.GetValueOrDefault(f.Tag, string.Empty))));
    }

    private HashSet<Entry>? Having(TagExpression expression)
    {
        if (!_tags.TryGetValue(expression.Tag, out var entries)) return null;
        if (expression.OnlyValue is { } only) return entries.Values.GetValueOrDefault(only);
        HashSet<Entry> all = [];
        foreach (var (value, having) in entries.Values)
        {
            if (expression.Matches(value)) all.UnionWith(having);
        }

        return all;
    }

    private void Insert(TaggedName name)
    {
        Dictionary<string, string> tags = new(name.Tags, StringComparer.Ordinal) { ["name"] = name.NameTag };
        var entry = new Entry(name.Path, tags);
        if (!_series.TryAdd(entry.Path, entry)) return;
        foreach (var (tag, value) in tags)
        {
            if (!_tags.TryGetValue(tag, out var entries)) _tags.Add(tag, entries = new TagEntries(_tags.Count == 0 ? 1 : _tags.Values.Max(t => t.Id) + 1));
            if (!entries.Values.TryGetValue(value, out var having)) entries.Values.Add(value, having = []);
            _valueIds.TryAdd(value, _valueIds.Count + 1);
            having.Add(entry);
        }
    }

    private void Remove(string path)
    {
        if (!_series.Remove(path, out var entry)) return;
        foreach (var (tag, value) in entry.Tags)
        {
            var entries = _tags[tag];
            if (entries.Values[value].Remove(entry) && entries.Values[value].Count == 0) entries.Values.Remove(value);
            if (entries.Values.Count == 0) _tags.Remove(tag);
        }
    }

    private T Read<T>(Func<T> work)
    {
        _gate.EnterReadLock();
        try
        {
            return work();
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private void Write(Action work)
    {
        _gate.EnterWriteLock();
        try
        {
            work();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private sealed class Entry(string path, Dictionary<string, string> tags)
    {
        public string Path { get; } = path;

        public Dictionary<string, string> Tags { get; } = tags;
    }

    private sealed class TagEntries(long id)
    {
        public long Id { get; } = id;

        public SortedDictionary<string, HashSet<Entry>> Values { get; } = new(StringComparer.Ordinal);
    }
}
