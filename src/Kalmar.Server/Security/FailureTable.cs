namespace Kalmar.Server.Security;

/// <summary>
/// Counts failures for each key and says how long to wait: nothing for the first few, then doubling from a second, then a lock.
/// Bounded: when it is full of keys that still matter, new keys wait. Not thread-safe; <see cref="SignInThrottle"/> locks.
/// </summary>
/// <param name="free">Failures without a wait.</param>
/// <param name="lockAt">The failure that locks.</param>
/// <param name="lockFor">For how long.</param>
/// <param name="capacity">How many keys at most.</param>
internal sealed class FailureTable(int free, int lockAt, TimeSpan lockFor, int capacity)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>How many keys are remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>How long this key has to wait from now; zero when it may try.</summary>
    public TimeSpan Wait(string key, DateTimeOffset now)
    {
        if (_entries.TryGetValue(key, out Entry entry))
        {
            return entry.FreeAt > now ? entry.FreeAt - now : TimeSpan.Zero;
        }

        return _entries.Count < capacity || Purge(now) ? TimeSpan.Zero : LongestWait;
    }

    /// <summary>Counts an attempt as failed; it is forgiven when it turns out to be right.</summary>
    public void Add(string key, DateTimeOffset now)
    {
        int failures = _entries.TryGetValue(key, out Entry entry) && now - entry.Last < Memory ? entry.Failures + 1 : 1;
        TimeSpan wait = failures >= lockAt ? lockFor
            : failures <= free ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(failures - free - 1, 20))));
        _entries[key] = new Entry(failures, now, now + wait);
    }

    /// <summary>True when this is the first word about the key's lock; false when it is not locked, or was told already.</summary>
    public bool NoteOnce(string key)
    {
        if (!_entries.TryGetValue(key, out Entry entry) || entry.IsNoted || entry.Failures < lockAt)
        {
            return false;
        }

        _entries[key] = entry with { IsNoted = true };
        return true;
    }

    /// <summary>Forgets a key.</summary>
    public void Clear(string key) => _entries.Remove(key);

    /// <summary>Takes one failure back.</summary>
    public void Undo(string key)
    {
        if (_entries.TryGetValue(key, out Entry entry))
        {
            _entries[key] = entry with { Failures = entry.Failures - 1, FreeAt = entry.Last };
        }
    }

    private bool Purge(DateTimeOffset now)
    {
        foreach ((string key, Entry entry) in _entries)
        {
            if (entry.FreeAt <= now && now - entry.Last >= Memory)
            {
                _entries.Remove(key);
            }
        }

        return _entries.Count < capacity;
    }

    private readonly record struct Entry(int Failures, DateTimeOffset Last, DateTimeOffset FreeAt, bool IsNoted = false);
}
