using System.Text.Json;

namespace Kalmar.EndToEnd.Tests.Api;

/// <summary>Members that a resource must have.</summary>
internal static class Shape
{
    /// <summary>Asserts that an object has these members (others may be there).</summary>
    public static void Has(JsonElement element, string members)
    {
        Assert.Equal(JsonValueKind.Object, element.ValueKind);
        string[] missing = [.. members.Split(' ', ',').Where(m => m.Length > 0 && !element.TryGetProperty(m, out _))];
        Assert.True(missing.Length == 0, $"lacks {string.Join(", ", missing)}: {element}");
    }

    /// <summary>Asserts that a list is not empty and each of its items has these members; returns the first.</summary>
    public static JsonElement EachHas(JsonElement list, string members)
    {
        Assert.Equal(JsonValueKind.Array, list.ValueKind);
        Assert.True(list.GetArrayLength() > 0, "the list is empty");
        foreach (JsonElement item in list.EnumerateArray())
        {
            Has(item, members);
        }

        return list[0];
    }
}
