using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kalmar.Manager.Clusters;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>Answers that say how old they are, and 304 when the caller has them already.</summary>
internal static class Answers
{
    /// <summary>Something read from a part of a snapshot. The ETag is the map's epoch with a checksum of the answer.</summary>
    public static IResult Part<TPart, T>(HttpContext context, ClusterSnapshot cluster, Part<TPart>? part, T value, JsonTypeInfo<T> type) =>
        Bytes(context, cluster, part, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>The same with an answer that is written already.</summary>
    public static IResult Bytes<TPart>(HttpContext context, ClusterSnapshot cluster, Part<TPart>? part, ReadOnlyMemory<byte> body, string contentType = "application/json", string? tag = null)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["X-Kalmar-Stale"] = part is null || part.IsStale(cluster.Contact, context.RequestServices.Time().GetUtcNow()) ? "true" : "false";
        if (part is not null)
        {
            headers["X-Kalmar-Source"] = part.Source;
            headers["X-Kalmar-Received"] = part.Received.ToString("O");
            if (part.Epoch is { } epoch)
            {
                headers["X-Kalmar-Epoch"] = epoch.ToString();
            }
        }

        tag ??= Tag(part, body.Span);
        headers.ETag = tag;
        headers.CacheControl = "private, no-cache";
        return Matches(context.Request, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : new BodyResult(body, contentType);
    }

    /// <summary>The ETag of a body.</summary>
    public static string Tag<TPart>(Part<TPart>? part, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(body, hash);
        return $"\"{part?.Epoch?.ToString() ?? "0"}-{Convert.ToHexStringLower(hash[..8])}\"";
    }

    private static TimeProvider Time(this IServiceProvider services) => (TimeProvider)services.GetService(typeof(TimeProvider))!;

    private static bool Matches(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList([.. request.Headers.IfNoneMatch.OfType<string>()], out IList<EntityTagHeaderValue>? tags)
        && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag == tag);
}
