using System.Text;
using System.Text.Json;

namespace Kalmar.Manager.Requests;

/// <summary>Hides the values of a command that may be secret.</summary>
internal static class CommandMask
{
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal) { "prefix", "format", "entity", "who", "name", "pool", "fs_name", "filesystem" };

    /// <summary>The command with every argument masked that is not known to be harmless.</summary>
    /// <param name="command">A JSON object.</param>
    public static string Mask(string command)
    {
        using var document = JsonDocument.Parse(command);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (Open.Contains(property.Name))
                {
                    property.WriteTo(writer);
                }
                else
                {
                    writer.WriteString(property.Name, "***");
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
