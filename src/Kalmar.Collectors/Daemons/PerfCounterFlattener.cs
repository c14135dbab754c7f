using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Kalmar.Collectors.Daemons;

/// <summary>
/// Turns one daemon's <c>perf dump</c>s into samples <c>BRANCH.SECTION.COUNTER</c>: counters as growth per second, long-run averages as
/// <c>.last_interval_avg</c> (growth of the sum over growth of the count), gauges and times as they are. It remembers the last dump; a
/// counter that became smaller (the daemon was started again, or somebody said <c>perf reset</c>) gives no sample for that interval.
/// Not thread-safe.
/// </summary>
public sealed class PerfCounterFlattener
{
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789abcdef");
    private readonly string _branch;
    private readonly string _source;
    private readonly PerfCounterOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly List<KeyValuePair<string, double>> _samples = [];
    private long _dumps;
    private Dictionary<string, Dictionary<string, PerfCounterSlot>> _sections = new(StringComparer.Ordinal);

    /// <summary>Makes a flattener that has not seen a dump yet.</summary>
    /// <param name="branch">Where the daemon's series are: <c>ceph.cluster.FSID.osd.3</c>.</param>
    /// <param name="source">The daemon, for errors: <c>osd.3</c>.</param>
    /// <param name="schema">What its counters are.</param>
    /// <param name="timeProvider">The clock whose timestamps <see cref="Flatten"/> is given.</param>
    /// <param name="options">Which counters; null means the defaults.</param>
    public PerfCounterFlattener(string branch, string source, PerfCounterSchema schema, TimeProvider timeProvider, PerfCounterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _branch = MetricNames.CleanPath(branch);
        _source = source;
        _options = options ?? new PerfCounterOptions();
        _timeProvider = timeProvider;
        UseSchema(schema);
    }

    /// <summary>Takes a newer schema of the same daemon; counters that it defines as before keep what they remember.</summary>
    /// <param name="schema">The newer schema.</param>
    public void UseSchema(PerfCounterSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        Dictionary<string, Dictionary<string, PerfCounterSlot>> sections = new(StringComparer.Ordinal);
        foreach (IGrouping<string, PerfCounterDefinition> section in schema.Counters.GroupBy(counter => counter.Section, StringComparer.Ordinal))
        {
            Dictionary<string, PerfCounterSlot> slots = new(StringComparer.Ordinal);
            sections[section.Key] = slots;
            bool stable = IsStable(section.Key);
            string branch = $"{_branch}.{MetricNames.Clean(section.Key)}.";
            foreach (PerfCounterDefinition counter in section)
            {
                slots[counter.Name] = _sections.GetValueOrDefault(section.Key)?.GetValueOrDefault(counter.Name) is { } old && old.Definition == counter
                    ? old
                    : new PerfCounterSlot(counter, branch + MetricNames.Clean(counter.Name), stable && _options.Wants(counter));
            }
        }

        _sections = sections;
    }

    /// <summary>Reads a dump and publishes its samples. A dump that is not read to its end publishes nothing.</summary>
    /// <param name="dump">The JSON of <c>perf dump</c>, UTF-8.</param>
    /// <param name="timestamp">When it arrived, by <see cref="TimeProvider.GetTimestamp"/>.</param>
    /// <param name="time">The time that the samples carry.</param>
    /// <param name="sink">Where they go.</param>
    /// <exception cref="CollectorException">It is not such JSON, or is beyond a limit.</exception>
    public PerfFlattenResult Flatten(ReadOnlySpan<byte> dump, long timestamp, DateTimeOffset time, IMetricSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        PerfJson.CheckLength(dump.Length, "dump", _source, _options);
        _samples.Clear();
        PerfFlattenResult result;
        try
        {
            result = Read(dump, timestamp);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw PerfJson.Broken("dump", _source, e);
        }

        long unixSeconds = time.ToUnixTimeSeconds();
        foreach ((string path, double value) in _samples)
        {
            sink.Publish(path, unixSeconds, value);
        }

        return result with { Points = _samples.Count };
    }

    private PerfFlattenResult Read(ReadOnlySpan<byte> dump, long timestamp)
    {
        _dumps++;
        int counters = 0;
        int unknown = 0;
        int mismatched = 0;
        Span<char> text = stackalloc char[PerfCounterSchema.MaxNameLength];
        var sections = _sections.GetAlternateLookup<ReadOnlySpan<char>>();
        Utf8JsonReader reader = new(dump, PerfJson.ReaderOptions);
        PerfJson.ReadObjectStart(ref reader, "dump", _source);
        while (ReadName(ref reader, text) is >= 0 and var sectionLength)
        {
            sections.TryGetValue(text[..sectionLength], out Dictionary<string, PerfCounterSlot>? slots);
            PerfJson.ReadObjectStart(ref reader, "dump", _source);
            while (ReadName(ref reader, text) is >= 0 and var nameLength)
            {
                if (++counters > _options.MaxCounters)
                {
                    throw new CollectorException($"{_source}: perf dump has more than {_options.MaxCounters} counters; not read");
                }

                PerfCounterSlot? slot = null;
                slots?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..nameLength], out slot);
                reader.Read();
                if (slot is not { IsWanted: true } || !slot.IsFirstIn(_dumps))
                {
                    unknown += slot is null ? 1 : 0;
                    reader.Skip();
                }
                else if (!ReadCounter(ref reader, slot, timestamp))
                {
                    mismatched++;
                    reader.Skip();
                }
            }
        }

        PerfJson.ReadEnd(ref reader, "dump", _source);
        return new PerfFlattenResult(0, unknown, mismatched);
    }

    /// <returns>False when the value is not of the kind that the schema promised; the reader then stands where the value began.</returns>
    private bool ReadCounter(ref Utf8JsonReader reader, PerfCounterSlot slot, long timestamp)
    {
        if (slot.Definition.Type.HasFlag(PerfCounterType.LongRunAverage))
        {
            return ReadAverage(ref reader, slot, timestamp);
        }

        if (!TryReadNumber(ref reader, out double value, out ulong whole, out bool isWhole))
        {
            return false;
        }

        if (!slot.Definition.Type.HasFlag(PerfCounterType.Counter))
        {
            Add(slot.Path, value);
        }
        else if (slot.TryAdvance(value, isWhole ? whole : null, timestamp, out double growth, out long before)
            && _timeProvider.GetElapsedTime(before, timestamp).TotalSeconds is > 0 and var seconds)
        {
            Add(slot.Path, growth / seconds);
        }

        return true;
    }

    private bool ReadAverage(ref Utf8JsonReader reader, PerfCounterSlot slot, long timestamp)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        Utf8JsonReader inner = reader;
        double? sum = null;
        double? count = null;
        while (inner.Read() && inner.TokenType == JsonTokenType.PropertyName)
        {
            bool isSum = inner.ValueTextEquals("sum"u8);
            bool isCount = inner.ValueTextEquals("avgcount"u8);
            inner.Read();
            if ((isSum || isCount) && TryReadNumber(ref inner, out double value, out _, out _))
            {
                sum = isSum ? value : sum;
                count = isCount ? value : count;
            }
            else
            {
                inner.Skip();
            }
        }

        if (sum is not { } newSum || count is not { } newCount)
        {
            return false;
        }

        reader = inner;
        if (_options.LongRunningDetail)
        {
            Add(slot.SumPath, newSum);
            Add(slot.CountPath, newCount);
        }

        if (slot.TryAdvanceAverage(newSum, newCount, timestamp, out double sumGrowth, out double countGrowth))
        {
            if (countGrowth > 0)
            {
                Add(slot.AveragePath, sumGrowth / countGrowth);
            }
            else if (_options.IdleAveragesAsZero)
            {
                Add(slot.AveragePath, 0);
            }
        }

        return true;
    }

    private void Add(string path, double value) => _samples.Add(new KeyValuePair<string, double>(path, value));

    /// <returns>How many characters of the text the name takes, or -1 at the object's end.</returns>
    private int ReadName(ref Utf8JsonReader reader, scoped Span<char> text)
    {
        if (!reader.Read())
        {
            throw PerfJson.Unexpected(ref reader, "a name", "dump", _source);
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return -1;
        }

        PerfJson.CheckName(ref reader, "dump", _source);
        return reader.CopyString(text);
    }

    /// <summary>Numbers, and the quoted <c>seconds.nanoseconds</c> of releases before Infernalis.</summary>
    private static bool TryReadNumber(ref Utf8JsonReader reader, out double value, out ulong whole, out bool isWhole)
    {
        value = 0;
        whole = 0;
        isWhole = false;
        if (reader.TokenType == JsonTokenType.Number)
        {
            isWhole = reader.TryGetUInt64(out whole);
            value = isWhole ? whole : reader.GetDouble();
            return double.IsFinite(value);
        }

        return reader.TokenType == JsonTokenType.String
            && Utf8Parser.TryParse(reader.ValueSpan, out value, out int consumed)
            && consumed == reader.ValueSpan.Length
            && double.IsFinite(value);
    }

    /// <summary>
    /// False for sections that are called after an address in the daemon's memory (<c>objecter-0x55d0c8a4</c>, one for each librados client
    /// inside a mgr): they would be new series after every start.
    /// </summary>
    private static bool IsStable(string section)
    {
        int at = section.LastIndexOf("-0x", StringComparison.Ordinal);
        return at < 0 || at + 3 == section.Length || section.AsSpan(at + 3).ContainsAnyExcept(s_hexDigits);
    }
}
