using System.Text.Json;
using System.Text.Json.Nodes;
using Kalmar.Graphite;
using Kalmar.Graphite.Dashboards;
using Kalmar.Graphite.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints;

/// <summary>Graphite's dashboards and their templates: save, load, find, delete; and all of them at once, out and in.</summary>
internal static class GraphiteDashboards
{
    private const string Place = "__VALUE__";
    private const int MaxName = 128;
    private static readonly string[] s_both = ["GET", "POST"];
    private static readonly string[] s_post = ["POST"];

    private delegate ValueTask<JsonObject> Answer(HttpContext context, RenderParameters parameters, CancellationToken cancellationToken);

    public static void MapGraphiteDashboards(this IEndpointRouteBuilder endpoints, GraphiteOptions options, string prefix)
    {
        var store = options.Dashboards;
        Map("/dashboard/find", s_both, false, (c, p, stop) => FindAsync(store, StoredKind.Dashboard, p["query"] ?? "", stop));
        Map("/dashboard/find_template", s_both, false, (c, p, stop) => FindAsync(store, StoredKind.Template, p["query"] ?? "", stop));
        Map("/dashboard/load/{name}", s_both, false, async (c, p, stop) => await store.GetAsync(StoredKind.Dashboard, "", Name(c), stop) is { } found
            ? new JsonObject { ["state"] = JsonNode.Parse(found.Content) } : Missing("Dashboard", Name(c)));
        Map("/dashboard/load_template/{name}/{value}", s_both, false, LoadTemplateAsync);
        Map("/dashboard/load/{name}/{value}", s_both, false, LoadTemplateAsync);
        Map("/dashboard/save/{name}", s_post, true, async (c, p, stop) =>
        {
            await store.SaveAsync(new StoredItem(StoredKind.Dashboard, "", Name(c), State(p).ToJsonString()), stop);
            return new JsonObject { ["success"] = true };
        });
        Map("/dashboard/save_template/{name}/{key}", s_post, true, async (c, p, stop) =>
        {
            var state = State(p);
            Generalize(state, (string)c.Request.RouteValues["key"]!);
            await store.SaveAsync(new StoredItem(StoredKind.Template, "", Name(c), state.ToJsonString()), stop);
            return new JsonObject { ["success"] = true };
        });
        Map("/dashboard/create-temporary", s_post, true, async (c, p, stop) =>
        {
            var content = State(p).ToJsonString();
            for (var i = 0; ; i++)
            {
                if (await store.TryAddAsync(new StoredItem(StoredKind.Dashboard, "", $"temporary-{i}", content), stop)) return new JsonObject { ["name"] = $"temporary-{i}" };
            }
        });
        Map("/dashboard/delete/{name}", s_both, true, async (c, p, stop) =>
            await store.DeleteAsync(StoredKind.Dashboard, "", Name(c), stop) ? new JsonObject { ["success"] = true } : Missing("Dashboard", Name(c)));
        Map("/dashboard/delete_template/{name}", s_both, true, async (c, p, stop) =>
            await store.DeleteAsync(StoredKind.Template, "", Name(c), stop) ? new JsonObject { ["success"] = true } : Missing("Template", Name(c)));
        Map("/dashboard/export", s_both, false, (c, p, stop) => DashboardTransfer.ExportAsync(store, stop));
        Map("/dashboard/import", s_post, true, async (c, p, stop) => await DashboardTransfer.ImportAsync(
            store, p["state"] is { Length: > 0 } state ? state : await GraphiteRequest.ReadBodyAsync(c, options.MaxBody), stop));

        async ValueTask<JsonObject> LoadTemplateAsync(HttpContext context, RenderParameters parameters, CancellationToken stop)
        {
            if (await store.GetAsync(StoredKind.Template, "", Name(context), stop) is not { } found) return Missing("Template", Name(context));
            var value = (string)context.Request.RouteValues["value"]!;

            // The value goes into JSON: what JSON needs escaped must be.
            var state = JsonNode.Parse(found.Content.Replace(Place, JsonEncodedText.Encode(value).ToString(), StringComparison.Ordinal))!;
            state["name"] = $"{Name(context)}/{value}";
            return new JsonObject { ["state"] = state };
        }

        void Map(string path, string[] verbs, bool write, Answer answer) =>
            endpoints.MapMethods(prefix + path, verbs, context => GraphiteEndpoints.AnswerAsync(context, options, async (c, p, o) =>
            {
                var result = await answer(c, p, c.RequestAborted);
                using var json = new Utf8JsonWriter(o);
                result.WriteTo(json);
                return "application/json";
            }, write)).DisableAntiforgery().Open(options);
    }

    private static async ValueTask<JsonObject> FindAsync(IDashboardStore store, StoredKind kind, string query, CancellationToken cancellationToken)
    {
        var terms = query.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var found = new JsonArray();
        foreach (var item in await store.ListAsync(kind, "", cancellationToken))
        {
            var name = item.Name.ToLowerInvariant();
            if (kind == StoredKind.Dashboard && name.StartsWith("temporary-", StringComparison.Ordinal)) continue;
            if (Array.TrueForAll(terms, t => name.Contains(t, StringComparison.Ordinal))) found.Add(new JsonObject { ["name"] = item.Name });
        }

        return new JsonObject { [kind == StoredKind.Dashboard ? "dashboards" : "templates"] = found };
    }

    private static string Name(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return name.Length <= MaxName ? name : throw new GraphiteException($"A name has at most {MaxName} characters");
    }

    private static JsonObject Missing(string kind, string name) => new() { ["error"] = $"{kind} '{name}' does not exist. " };

    private static JsonNode State(RenderParameters parameters)
    {
        try
        {
            return JsonNode.Parse(parameters["state"] ?? throw new GraphiteException("Missing required parameter 'state'")) ?? throw new GraphiteException("state is null");
        }
        catch (JsonException e)
        {
            throw new GraphiteException($"state is not JSON: {e.Message}", 400, e);
        }
    }

    // In each graph, [target's name, options, address], the key makes room for a value.
    private static void Generalize(JsonNode state, string key)
    {
        try
        {
            foreach (var graph in state["graphs"]?.AsArray() ?? throw new GraphiteException("state has no graphs"))
            {
                if (graph!.AsArray() is not [{ } name, JsonObject options, { } address]) throw new GraphiteException("A graph of the state is not [name, options, address]");
                options["target"] = new JsonArray([.. options["target"]!.AsArray().Select(t => (JsonNode?)t!.GetValue<string>().Replace(key, Place, StringComparison.Ordinal))]);
                graph[0] = name.GetValue<string>().Replace(key, Place, StringComparison.Ordinal);
                graph[2] = address.GetValue<string>().Replace(key, Place, StringComparison.Ordinal);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException)
        {
            throw new GraphiteException("state is not a dashboard's: graphs are [name, {target: [...]}, address]", 400, e);
        }
    }
}
