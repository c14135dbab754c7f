using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Kalmar.Graphite.Functions;

/// <summary>The description of functions that Grafana's query editor reads from <c>/functions</c>.</summary>
public static class FunctionsFormat
{
    /// <summary>Writes all functions, or those of one group; grouped by their headings when asked.</summary>
    public static void WriteAll(IBufferWriter<byte> output, string? group, bool grouped, bool pretty)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = pretty });
        var functions = FunctionRegistry.All.Where(f => group is null || f.Group == group).ToList();
        json.WriteStartObject();
        if (grouped)
        {
            foreach (var heading in functions.GroupBy(f => f.Group, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(heading.Key);
                foreach (var function in heading) Write(json, function, function.Name);
                json.WriteEndObject();
            }
        }
        else
        {
            foreach (var function in functions) Write(json, function, function.Name);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one function; false when there is none of that name.</summary>
    public static bool TryWrite(IBufferWriter<byte> output, string name, bool pretty)
    {
        if (!FunctionRegistry.TryGet(name, out var function)) return false;
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = pretty });
        Write(json, function, null);
        return true;
    }

    private static void Write(Utf8JsonWriter json, FunctionDescription function, string? key)
    {
        if (key is null) json.WriteStartObject();
        else json.WriteStartObject(key);
        json.WriteString("name", function.Name);
        json.WriteString("function", function.Form);
        json.WriteString("description", function.Description);
        json.WriteString("module", "graphite.render.functions");
        json.WriteString("group", function.Group);
        json.WriteStartArray("params");
        foreach (var parameter in function.Parameters) Write(json, parameter);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FunctionParameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("type", parameter.Type);
        if (parameter.Required) json.WriteBoolean("required", true);
        if (parameter.Default is not null) WriteValue(json, "default", parameter.Default);
        if (parameter.Multiple) json.WriteBoolean("multiple", true);
        IReadOnlyList<string> options = parameter.Options.Count > 0 ? parameter.Options : parameter.Type switch
        {
            "aggFunc" => [.. Aggregation.Names.Order(StringComparer.Ordinal)],
            "aggOrSeriesFunc" => [.. Aggregation.Names.Concat(FunctionRegistry.All.Where(f => f.Aggregator).Select(f => f.Name)).Distinct().Order(StringComparer.Ordinal)],
            _ => [],
        };
        if (options.Count > 0) WriteList(json, "options", options);
        if (parameter.Suggestions.Count > 0) WriteList(json, "suggestions", parameter.Suggestions);
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (long.TryParse(value, CultureInfo.InvariantCulture, out var number)) json.WriteNumberValue(number);
            else json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        json.WritePropertyName(name);
        if (value is bool flag) json.WriteBooleanValue(flag);
        else if (value is long whole) json.WriteNumberValue(whole);
        // Graphite writes the default of an unlimited number as the literal that JSON has no word for.
        else if (value is double number && double.IsInfinity(number)) json.WriteRawValue("1e9999"u8, skipInputValidation: true);
        else if (value is double finite) json.WriteNumberValue(finite);
        else json.WriteStringValue((string)value);
    }
}
