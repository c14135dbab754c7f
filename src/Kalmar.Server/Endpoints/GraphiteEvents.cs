using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Kalmar.Graphite;
using Kalmar.Graphite.Events;
using Kalmar.Graphite.Rendering;
using Kalmar.Graphite.Times;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints;

/// <summary>Graphite's events: store one, read those of a window, read one.</summary>
internal static class GraphiteEvents
{
    public static void MapGraphiteEvents(this IEndpointRouteBuilder endpoints, GraphiteOptions options, TimeProvider clock, string prefix)
    {
        endpoints.MapGet(prefix + "/events/get_data", context => GraphiteEndpoints.AnswerAsync(context, options, (c, p, o) => FindAsync(c, p, o, options, clock))).Open(options);
        if (prefix.Length > 0 || options.OwnsRoot)
            endpoints.MapGet(prefix + "/events", context => GraphiteEndpoints.AnswerAsync(context, options, (c, p, o) => FindAsync(c, p, o, options, clock))).Open(options);
        endpoints.MapGet(prefix + "/events/{id:long}", context => GraphiteEndpoints.AnswerAsync(context, options, (c, _, o) => GetAsync(c, o, options))).Open(options);
        endpoints.MapPost(prefix + "/events", context => GraphiteEndpoints.AnswerAsync(context, options, (c, _, _) => AddAsync(c, options, clock), write: true, readForm: false))
            .DisableAntiforgery().Open(options);
    }

    private static async ValueTask<string> AddAsync(HttpContext context, GraphiteOptions options, TimeProvider clock)
    {
        var body = await GraphiteRequest.ReadBodyAsync(context, options.MaxBody);
        GraphiteEvent happened;
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var what = root.TryGetProperty("what", out var w) ? w.GetString() : null;
            if (string.IsNullOrEmpty(what)) throw new GraphiteException("An event needs a text 'what'");
            var when = root.TryGetProperty("when", out var t) ? (long)(t.ValueKind == JsonValueKind.String ? double.Parse(t.GetString()!, CultureInfo.InvariantCulture) : t.GetDouble())
                : clock.GetUtcNow().ToUnixTimeSeconds();
            string[] tags = !root.TryGetProperty("tags", out var tagged) ? [] : tagged.ValueKind == JsonValueKind.Array
                ? [.. tagged.EnumerateArray().Select(e => e.ToString())] : (tagged.GetString() ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            happened = new GraphiteEvent(0, when, what, tags, root.TryGetProperty("data", out var data) ? data.ToString() : string.Empty);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new GraphiteException("The event is not JSON with what, tags, when and data", 400, e);
        }

        await options.Events.AddAsync(happened, context.RequestAborted);
        return "text/html; charset=utf-8";
    }

    private static async ValueTask<string> FindAsync(HttpContext context, RenderParameters parameters, IBufferWriter<byte> output, GraphiteOptions options, TimeProvider clock)
    {
        var zone = parameters.TryGet("tz", out var name) ? WallClock.Find(name) ?? options.Rendering.Zone : options.Rendering.Zone;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var from = parameters.TryGet("from", out var text) ? TimeLanguage.Parse(text, zone, now) : (long?)null;
        var until = parameters.TryGet("until", out text) ? TimeLanguage.Parse(text, zone, now) : now;
        var tags = parameters["tags"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var any = parameters["set"] is "union";
        if (parameters.TryGet("set", out var set) && set is not ("union" or "intersection")) throw new GraphiteException("set is union or intersection");
        var found = await options.Events.FindAsync(new EventQuery(from, until, tags, any), context.RequestAborted);
        return await GraphiteEndpoints.WriteJsonAsync(parameters, output, () =>
        {
            using var json = new Utf8JsonWriter(output);
            json.WriteStartArray();
            foreach (var happened in found) Write(json, happened);
            json.WriteEndArray();
            return ValueTask.CompletedTask;
        });
    }

    private static async ValueTask<string> GetAsync(HttpContext context, IBufferWriter<byte> output, GraphiteOptions options)
    {
        var id = long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
        var happened = await options.Events.GetAsync(id, context.RequestAborted) ?? throw new GraphiteException("Event not found", 404);
        using var json = new Utf8JsonWriter(output);
        Write(json, happened);
        return "application/json";
    }

    private static void Write(Utf8JsonWriter json, GraphiteEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("id", happened.Id);
        json.WriteString("what", happened.What);
        json.WriteNumber("when", happened.When);
        json.WriteStartArray("tags");
        foreach (var tag in happened.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteString("data", happened.Data);
        json.WriteEndObject();
    }
}
