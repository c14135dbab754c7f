namespace Kalmar.Collectors.Daemons;

/// <summary>One counter of one daemon: its path, made once, and what it was in the last dump.</summary>
internal sealed class PerfCounterSlot(PerfCounterDefinition definition, string path, bool isWanted)
{
    private bool _hasLast;
    private double _last;
    private ulong? _lastWhole;
    private double _lastCount;
    private long _lastTimestamp;
    private long _lastDump;

    public PerfCounterDefinition Definition { get; } = definition;

    public string Path { get; } = path;

    public bool IsWanted { get; } = isWanted && !definition.Type.HasFlag(PerfCounterType.Histogram);

    public string AveragePath => field ??= Path + ".last_interval_avg";

    public string SumPath => field ??= Path + ".sum";

    public string CountPath => field ??= Path + ".count";

    /// <returns>False when the same dump had this counter before: the first of them counts.</returns>
    public bool IsFirstIn(long dump)
    {
        bool first = _lastDump != dump;
        _lastDump = dump;
        return first;
    }

    /// <returns>False at the first value and after a reset.</returns>
    public bool TryAdvance(double value, ulong? whole, long timestamp, out double growth, out long before)
    {
        bool grown = _hasLast && value >= _last;
        // Whole numbers are subtracted as such: a double has only 53 bits, and byte counters outgrow them.
        growth = !grown ? 0 : whole is { } now && _lastWhole is { } then && now >= then ? now - then : value - _last;
        before = _lastTimestamp;
        (_hasLast, _last, _lastWhole, _lastTimestamp) = (true, value, whole, timestamp);
        return grown;
    }

    /// <returns>False at the first value and after a reset.</returns>
    public bool TryAdvanceAverage(double sum, double count, long timestamp, out double sumGrowth, out double countGrowth)
    {
        bool grown = _hasLast && count >= _lastCount && sum >= _last;
        sumGrowth = sum - _last;
        countGrowth = count - _lastCount;
        (_hasLast, _last, _lastCount, _lastTimestamp) = (true, sum, count, timestamp);
        return grown;
    }
}
