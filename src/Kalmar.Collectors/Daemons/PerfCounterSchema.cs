using System.Text.Json;

namespace Kalmar.Collectors.Daemons;

/// <summary>What a daemon's <c>perf schema</c> says: section → counter → definition. Immutable.</summary>
public sealed class PerfCounterSchema
{
    /// <summary>The longest name of a section or a counter that is believed, in bytes of UTF-8.</summary>
    public const int MaxNameLength = 200;

    private readonly Dictionary<string, Dictionary<string, PerfCounterDefinition>> _sections;

    private PerfCounterSchema(Dictionary<string, Dictionary<string, PerfCounterDefinition>> sections, int count)
    {
        _sections = sections;
        Count = count;
    }

    /// <summary>How many counters there are.</summary>
    public int Count { get; }

    /// <summary>All counters, in the daemon's order.</summary>
    public IEnumerable<PerfCounterDefinition> Counters => _sections.Values.SelectMany(section => section.Values);

    /// <summary>Finds one counter.</summary>
    /// <param name="section">Its section.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The definition, or null when there is none.</returns>
    public PerfCounterDefinition? Find(string section, string name) =>
        _sections.TryGetValue(section, out Dictionary<string, PerfCounterDefinition>? counters) ? counters.GetValueOrDefault(name) : null;

    /// <summary>Reads the JSON that <c>perf schema</c> gives.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="source">Who gave it, for errors: <c>osd.3</c>.</param>
    /// <param name="options">Limits; null means the defaults.</param>
    /// <exception cref="CollectorException">It is not such JSON, or is beyond a limit.</exception>
    public static PerfCounterSchema Parse(ReadOnlySpan<byte> json, string source, PerfCounterOptions? options = null)
    {
        options ??= new PerfCounterOptions();
        PerfJson.CheckLength(json.Length, "schema", source, options);
        Dictionary<string, Dictionary<string, PerfCounterDefinition>> sections = new(StringComparer.Ordinal);
        int count = 0;
        try
        {
            Utf8JsonReader reader = new(json, PerfJson.ReaderOptions);
            PerfJson.ReadObjectStart(ref reader, "schema", source);
            while (PerfJson.ReadName(ref reader, "schema", source) is { } section)
            {
                if (!sections.TryGetValue(section, out Dictionary<string, PerfCounterDefinition>? counters))
                {
                    sections[section] = counters = new Dictionary<string, PerfCounterDefinition>(StringComparer.Ordinal);
                }

                PerfJson.ReadObjectStart(ref reader, "schema", source);
                while (PerfJson.ReadName(ref reader, "schema", source) is { } name)
                {
                    if (++count > options.MaxCounters)
                    {
                        throw new CollectorException($"{source}: perf schema has more than {options.MaxCounters} counters; not read");
                    }

                    // Real daemons give a name twice now and then (objecter.rdops of a 16.2 mgr); the first one counts, here and in dumps.
                    counters.TryAdd(name, ReadDefinition(ref reader, section, name, source));
                }
            }

            PerfJson.ReadEnd(ref reader, "schema", source);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw PerfJson.Broken("schema", source, e);
        }

        return new PerfCounterSchema(sections, sections.Values.Sum(section => section.Count));
    }

    private static PerfCounterDefinition ReadDefinition(ref Utf8JsonReader reader, string section, string name, string source)
    {
        int? type = null;
        int priority = 0;
        string nick = "";
        string units = "";
        string description = "";
        PerfJson.ReadObjectStart(ref reader, "schema", source);
        while (PerfJson.ReadName(ref reader, "schema", source) is { } field)
        {
            reader.Read();
            switch (field)
            {
                case "type" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value):
                    type = value;
                    break;
                case "priority" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value):
                    priority = value;
                    break;
                case "nick" when reader.TokenType == JsonTokenType.String:
                    nick = reader.GetString()!;
                    break;
                case "units" when reader.TokenType == JsonTokenType.String:
                    units = reader.GetString()!;
                    break;
                case "description" when reader.TokenType == JsonTokenType.String:
                    description = reader.GetString()!;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return type is { } bits
            ? new PerfCounterDefinition(section, name, (PerfCounterType)bits, priority, nick, units, description)
            : throw new CollectorException($"{source}: perf schema gives no type for counter {section}.{name}; not read");
    }
}
