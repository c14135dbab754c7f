using System.Text.Json;

namespace Kalmar.Collectors.Daemons;

/// <summary>What reading <c>perf dump</c> and <c>perf schema</c> have in common: limits, and errors that say where.</summary>
internal static class PerfJson
{
    /// <summary>Histograms are the deepest thing in a dump, at five; more than this is not a dump.</summary>
    public static JsonReaderOptions ReaderOptions => new() { MaxDepth = 16 };

    public static void CheckLength(int length, string command, string source, PerfCounterOptions options)
    {
        if (length > options.MaxJsonBytes)
        {
            throw new CollectorException($"{source}: perf {command} is {length} bytes long, the limit is {options.MaxJsonBytes}; not read");
        }
    }

    public static void ReadObjectStart(ref Utf8JsonReader reader, string command, string source)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw Unexpected(ref reader, "an object", command, source);
        }
    }

    /// <summary>The next property's name, or null at the object's end.</summary>
    public static string? ReadName(ref Utf8JsonReader reader, string command, string source)
    {
        if (!reader.Read())
        {
            throw Unexpected(ref reader, "a name", command, source);
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        CheckName(ref reader, command, source);
        return reader.GetString()!;
    }

    public static void CheckName(ref Utf8JsonReader reader, string command, string source)
    {
        if (reader.ValueSpan.Length > PerfCounterSchema.MaxNameLength)
        {
            throw new CollectorException(
                $"{source}: perf {command} has a name of {reader.ValueSpan.Length} bytes at byte {reader.TokenStartIndex}, the limit is {PerfCounterSchema.MaxNameLength}; not read");
        }
    }

    public static void ReadEnd(ref Utf8JsonReader reader, string command, string source)
    {
        if (reader.Read())
        {
            throw Unexpected(ref reader, "the end", command, source);
        }
    }

    public static CollectorException Unexpected(ref Utf8JsonReader reader, string expected, string command, string source) =>
        new($"{source}: perf {command} is not what it should be: expected {expected}, found {reader.TokenType} at byte {reader.TokenStartIndex}; not read");

    /// <summary>For a <see cref="JsonException"/>, and for the <see cref="InvalidOperationException"/> that the reader throws for text that is no UTF-8.</summary>
    public static CollectorException Broken(string command, string source, Exception e) =>
        new($"{source}: perf {command} is not JSON: {OneLine(e.Message)}", e);

    private static string OneLine(string text) => text.Length > 200 ? text[..200].ReplaceLineEndings(" ") : text.ReplaceLineEndings(" ");
}
