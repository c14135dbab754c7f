namespace Kalmar.Collectors;

/// <summary>
/// Remembers counters between two readings and gives what they grew by, in all or per second of the time that really went by. The first
/// reading of a counter gives nothing (Diamond gives 0 there, a value that was never measured). A counter that became smaller was reset and
/// gives nothing either, unless it is 32 bits wide and went round. A counter that was missing from one reading starts anew.
/// Not thread-safe: one table belongs to one collector.
/// </summary>
/// <param name="timeProvider">The clock whose timestamps say how much time went by.</param>
public sealed class CounterTable(TimeProvider timeProvider)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _generation;
    private long _timestamp;

    /// <summary>Seconds between the last two calls of <see cref="Begin"/>; 0 before the second.</summary>
    public double ElapsedSeconds { get; private set; }

    /// <summary>How many counters are remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>Begins a reading: call it at the moment when the source is read. Forgets what the last reading did not have.</summary>
    public void Begin()
    {
        long now = timeProvider.GetTimestamp();
        ElapsedSeconds = _generation == 0 ? 0 : timeProvider.GetElapsedTime(_timestamp, now).TotalSeconds;
        _timestamp = now;
        foreach ((string key, Entry entry) in _entries)
        {
            if (entry.Generation != _generation)
            {
                _entries.Remove(key);
            }
        }

        _generation++;
    }

    /// <summary>Notes a counter's value and tells how much it grew since the last reading.</summary>
    /// <param name="key">The counter.</param>
    /// <param name="value">Its value now.</param>
    /// <param name="delta">The growth; 0 when there is none to tell.</param>
    /// <param name="wraps32">True for counters that the kernel keeps in 32 bits, which go round to 0.</param>
    /// <returns>False at the first reading and after a reset.</returns>
    public bool TryDelta(string key, ulong value, out double delta, bool wraps32 = false)
    {
        bool known = _entries.TryGetValue(key, out Entry entry) && entry.Generation == _generation - 1;
        _entries[key] = new Entry(value, _generation);
        delta = 0;
        if (!known)
        {
            return false;
        }

        if (value >= entry.Value)
        {
            delta = value - entry.Value;
            return true;
        }

        // From the upper half of the range to the lower one: round, not reset.
        if (wraps32 && entry.Value <= uint.MaxValue && entry.Value - value > int.MaxValue)
        {
            delta = value + (uint.MaxValue - entry.Value) + 1;
            return true;
        }

        return false;
    }

    /// <summary>As <see cref="TryDelta"/>, divided by <see cref="ElapsedSeconds"/>.</summary>
    /// <param name="key">The counter.</param>
    /// <param name="value">Its value now.</param>
    /// <param name="rate">The growth per second; 0 when there is none to tell.</param>
    /// <param name="wraps32">True for counters that the kernel keeps in 32 bits.</param>
    /// <returns>False at the first reading, after a reset, and when no time went by.</returns>
    public bool TryRate(string key, ulong value, out double rate, bool wraps32 = false)
    {
        rate = 0;
        if (!TryDelta(key, value, out double delta, wraps32) || ElapsedSeconds <= 0)
        {
            return false;
        }

        rate = delta / ElapsedSeconds;
        return true;
    }

    private readonly record struct Entry(ulong Value, long Generation);
}
