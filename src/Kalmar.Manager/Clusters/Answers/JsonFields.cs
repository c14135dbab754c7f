using System.Globalization;
using System.Text.Json;

namespace Kalmar.Manager.Clusters.Answers;

/// <summary>
/// Lenient access to the JSON that Ceph's commands print: a field that an older or newer release lacks reads as nothing, because what an
/// answer must have is checked where it matters.
/// </summary>
internal static class JsonFields
{
    /// <summary>The member, or an undefined element.</summary>
    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>A whole number; 0 when absent. Fractions are cut, numbers in quotes are taken, what does not fit is clamped.</summary>
    public static long Long(this JsonElement element, string name)
    {
        JsonElement value = element.Field(name);
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out long number) => number,
            JsonValueKind.Number => Clamp(value.GetDouble()),
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) => number,
            _ => 0,
        };
    }

    /// <summary>A number; 0 when absent or not finite.</summary>
    public static double Double(this JsonElement element, string name)
    {
        JsonElement value = element.Field(name);
        return value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble()) ? value.GetDouble() : 0;
    }

    /// <summary>A text; empty when absent.</summary>
    public static string Text(this JsonElement element, string name)
    {
        JsonElement value = element.Field(name);
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() ?? "",
            JsonValueKind.Number => value.GetRawText(),
            _ => "",
        };
    }

    /// <summary>The items of an array; none when absent or null.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name)
    {
        JsonElement value = element.Field(name);
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];
    }

    /// <summary>The members of an object; none when absent or null.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name)
    {
        JsonElement value = element.Field(name);
        return value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];
    }

    private static long Clamp(double value) => value switch
    {
        >= long.MaxValue => long.MaxValue,
        <= long.MinValue => long.MinValue,
        double.NaN => 0,
        _ => (long)value,
    };
}
