using System.Globalization;
using System.Text.Json;
using Kalmar.Graphite;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Tags;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints;

/// <summary>Graphite's tags: list, find, complete, store. Errors are JSON, as graphite-web's are here.</summary>
internal static class GraphiteTags
{
    private const int CompletionLimit = 100;
    private static readonly string[] s_read = ["GET"];
    private static readonly string[] s_both = ["GET", "POST"];
    private static readonly string[] s_post = ["POST"];

    public static void MapGraphiteTags(this IEndpointRouteBuilder endpoints, GraphiteOptions options, string prefix)
    {
        if (options.Tags is not { } store) return;
        Map("/tags", s_read, async (p, json, stop) =>
        {
            json.WriteStartArray();
            foreach (var tag in await store.ListTagsAsync(p["filter"], Limit(p), stop))
            {
                json.WriteStartObject();
                json.WriteNumber("id", tag.Id);
                json.WriteString("tag", tag.Tag);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        Map("/tags/findSeries", s_both, async (p, json, stop) =>
        {
            var expressions = Expressions(p);
            if (expressions.Count == 0) throw new GraphiteException("no tag expressions specified");
            Strings(json, await store.FindSeriesAsync(expressions, stop));
        });
        Map("/tags/autoComplete/tags", s_both, async (p, json, stop) =>
            Strings(json, await store.CompleteTagsAsync(Expressions(p), p["tagPrefix"], Limit(p) ?? CompletionLimit, stop)));
        Map("/tags/autoComplete/values", s_both, async (p, json, stop) =>
            Strings(json, await store.CompleteValuesAsync(
                Expressions(p), p["tag"] is { Length: > 0 } tag ? tag : throw new GraphiteException("no tag specified"), p["valuePrefix"], Limit(p) ?? CompletionLimit, stop)));
        Map("/tags/tagSeries", s_post, async (p, json, stop) =>
            json.WriteStringValue(await store.TagSeriesAsync(p["path"] is { Length: > 0 } path ? path : throw new GraphiteException("no path specified"), stop)));
        Map("/tags/tagMultiSeries", s_post, async (p, json, stop) => Strings(json, await store.TagSeriesAsync(Paths(p, "no paths specified"), stop)));
        Map("/tags/delSeries", s_post, async (p, json, stop) =>
        {
            foreach (var path in Paths(p, "no path specified")) await store.DeleteSeriesAsync(path, stop);
            json.WriteBooleanValue(true);
        });
        endpoints.MapMethods(prefix + "/tags/{tag}", s_read, context => GraphiteEndpoints.AnswerAsync(context, options, async (c, p, o) =>
        {
            var tag = (string)c.Request.RouteValues["tag"]!;
            if (tag is "tagSeries" or "tagMultiSeries" or "delSeries") throw new GraphiteException($"{tag} is asked by POST", 405);
            using var json = new Utf8JsonWriter(o);
            Tag(json, await store.GetTagAsync(tag, p["filter"], Limit(p), c.RequestAborted));
            return "application/json";
        }, jsonErrors: true)).Open(options);

        void Map(string path, string[] verbs, Func<RenderParameters, Utf8JsonWriter, CancellationToken, ValueTask> answer) =>
            endpoints.MapMethods(prefix + path, verbs, context => GraphiteEndpoints.AnswerAsync(context, options, async (c, p, o) =>
            {
                using var json = new Utf8JsonWriter(o);
                await answer(p, json, c.RequestAborted);
                return "application/json";
            }, write: verbs == s_post, jsonErrors: true)).DisableAntiforgery().Open(options);
    }

    private static void Tag(Utf8JsonWriter json, TagValues? tag)
    {
        if (tag is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("id", tag.Id);
        json.WriteString("tag", tag.Tag);
        json.WriteStartArray("values");
        foreach (var value in tag.Values)
        {
            json.WriteStartObject();
            json.WriteNumber("id", value.Id);
            json.WriteString("value", value.Value);
            json.WriteNumber("count", value.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static List<string> Expressions(RenderParameters parameters) => [.. parameters.Has("expr") ? parameters.Values("expr") : parameters.Values("expr[]")];

    private static List<string> Paths(RenderParameters parameters, string error)
    {
        List<string> paths = [.. parameters.Has("path") ? parameters.Values("path") : parameters.Values("path[]")];
        return paths.Count > 0 ? paths : throw new GraphiteException(error);
    }

    private static int? Limit(RenderParameters parameters) => parameters["limit"] is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : throw new GraphiteException($"limit is not a number: '{text}'");
}
