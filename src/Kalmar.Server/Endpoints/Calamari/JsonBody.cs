using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>
/// The JSON object that a caller sent, read member by member. Collects what is wrong with it, so that one answer names every wrong field.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxDepth = 16;

    private readonly JsonDocument _document;
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private JsonBody(JsonDocument document) => _document = document;

    /// <summary>The object.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="ApiException">It is no JSON object (or form), or too long.</exception>
    public static async Task<JsonBody> ReadAsync(HttpContext context)
    {
        JsonBody body = await ReadAnyAsync(context);
        return body.Root.ValueKind == JsonValueKind.Object ? body : throw ApiException.Detail(StatusCodes.Status400BadRequest, "the body must be a JSON object");
    }

    /// <summary>Reads the body of a request, be it an object or a list.</summary>
    public static async Task<JsonBody> ReadAnyAsync(HttpContext context)
    {
        if (context.Request.HasFormContentType)
        {
            return new JsonBody(await FormAsync(context));
        }

        ReadOnlyMemory<byte> bytes = await ReadBytesAsync(context, MaxLength);
        try
        {
            JsonDocument document = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return IsText(bytes.Span, document.RootElement)
                ? new JsonBody(document)
                : throw ApiException.Detail(StatusCodes.Status400BadRequest, "a text in the body is no Unicode: the body must be UTF-8, and halves of a \\uD800 pair must stand together");
        }
        catch (JsonException e)
        {
            throw ApiException.Detail(StatusCodes.Status400BadRequest, $"JSON parse error at line {e.LineNumber + 1}, byte {e.BytePositionInLine}: the body must be JSON");
        }
    }

    /// <summary>The whole body as bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
        {
            throw ApiException.Detail(StatusCodes.Status413PayloadTooLarge, $"the body must not be longer than {limit} bytes");
        }

        using MemoryStream buffer = new();
        byte[] chunk = new byte[16384];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                throw ApiException.Detail(StatusCodes.Status413PayloadTooLarge, $"the body must not be longer than {limit} bytes");
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>True when the member is there and not null.</summary>
    public bool Has(string name)
    {
        _known.Add(name);
        return Root.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string name, int maxLength = 1024)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement value = Root.GetProperty(name);
        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(name, "must be a text");
            return null;
        }

        string text = value.GetString()!;
        if (text.Length > maxLength)
        {
            Problem(name, $"must not be longer than {maxLength} characters");
            return null;
        }

        return text;
    }

    /// <summary>A whole number within limits, or null. A number in quotes is taken, as Calamari did.</summary>
    public long? Number(string name, long least = 0, long most = long.MaxValue)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement value = Root.GetProperty(name);
        bool ok = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetInt64(out _),
            JsonValueKind.String => long.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _),
            _ => false,
        };
        if (!ok)
        {
            Problem(name, "must be a whole number");
            return null;
        }

        long number = value.ValueKind == JsonValueKind.Number ? value.GetInt64() : long.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        if (number < least || number > most)
        {
            Problem(name, most == long.MaxValue ? $"must be {least} or more" : $"must lie between {least} and {most}");
            return null;
        }

        return number;
    }

    /// <summary>A number within limits, or null.</summary>
    public double? Real(string name, double least, double most)
    {
        if (!Has(name))
        {
            return null;
        }

        JsonElement value = Root.GetProperty(name);
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number) || number < least || number > most)
        {
            Problem(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"must be a number between {least} and {most}"));
            return null;
        }

        return number;
    }

    /// <summary>True, false or null.</summary>
    public bool? Flag(string name)
    {
        if (!Has(name))
        {
            return null;
        }

        switch (Root.GetProperty(name))
        {
            case { ValueKind: JsonValueKind.True }:
            case { ValueKind: JsonValueKind.Number } one when one.TryGetInt32(out int i) && i == 1:
                return true;
            case { ValueKind: JsonValueKind.False }:
            case { ValueKind: JsonValueKind.Number } zero when zero.TryGetInt32(out int i) && i == 0:
                return false;
            default:
                Problem(name, "must be true or false");
                return null;
        }
    }

    /// <summary>Notes what is wrong with a member; the first word stands.</summary>
    public void Problem(string name, string problem) => _problems.TryAdd(name, problem);

    /// <summary>Throws when anything was wrong.</summary>
    /// <param name="unknown">True to refuse members that nobody asked for.</param>
    /// <exception cref="ApiException">400 with every wrong field.</exception>
    public void Check(bool unknown = true)
    {
        if (unknown)
        {
            foreach (JsonProperty member in Root.EnumerateObject().Where(m => !_known.Contains(m.Name)))
            {
                Problem(member.Name.Length > 100 ? member.Name[..100] : member.Name, $"is not known here; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
            }
        }

        if (_problems.Count > 0)
        {
            throw ApiException.Fields(_problems);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    /// <summary>False when a name or text cannot be read: the parser lets bytes that are no UTF-8, and halves of surrogate pairs, through.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes, JsonElement root)
    {
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return false;
        }

        if (bytes.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        try
        {
            Read(root);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        static void Read(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    _ = element.GetString();
                    break;
                case JsonValueKind.Array:
                    foreach (JsonElement item in element.EnumerateArray())
                    {
                        Read(item);
                    }

                    break;
                case JsonValueKind.Object:
                    foreach (JsonProperty member in element.EnumerateObject())
                    {
                        _ = member.Name;
                        Read(member.Value);
                    }

                    break;
            }
        }
    }

    private static async Task<JsonDocument> FormAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        System.Buffers.ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output))
        {
            writer.WriteStartObject();
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in form)
            {
                writer.WriteString(name, value.ToString());
            }

            writer.WriteEndObject();
        }

        return JsonDocument.Parse(output.WrittenMemory);
    }
}
