using System.Text.Json;
using System.Text.Json.Nodes;
using Kalmar.Graphite;
using Kalmar.Graphite.Dashboards;

namespace Kalmar.Server.Endpoints;

/// <summary>All dashboards, templates and saved graphs as one JSON document.</summary>
internal static class DashboardTransfer
{
    /// <summary>The document; short links and temporary dashboards are left out.</summary>
    public static async ValueTask<JsonObject> ExportAsync(IDashboardStore store, CancellationToken cancellationToken)
    {
        var dashboards = new JsonArray();
        foreach (var item in await store.ListAsync(StoredKind.Dashboard, "", cancellationToken))
        {
            if (!item.Name.StartsWith("temporary-", StringComparison.Ordinal)) dashboards.Add(new JsonObject { ["name"] = item.Name, ["state"] = JsonNode.Parse(item.Content) });
        }

        var templates = new JsonArray();
        foreach (var item in await store.ListAsync(StoredKind.Template, "", cancellationToken))
            templates.Add(new JsonObject { ["name"] = item.Name, ["state"] = JsonNode.Parse(item.Content) });
        var graphs = new JsonArray();
        foreach (var item in await store.ListAsync(StoredKind.Graph, null, cancellationToken))
            graphs.Add(new JsonObject { ["user"] = item.Owner, ["name"] = item.Name, ["url"] = item.Content });
        return new JsonObject { ["dashboards"] = dashboards, ["templates"] = templates, ["graphs"] = graphs };
    }

    /// <summary>Stores what a document holds, in the place of what has the same name. Nothing is stored when a part of it is wrong.</summary>
    /// <exception cref="GraphiteException">The document is not what an export gives.</exception>
    public static async ValueTask<JsonObject> ImportAsync(IDashboardStore store, string document, CancellationToken cancellationToken)
    {
        List<StoredItem> items = [];
        try
        {
            var root = JsonNode.Parse(document)?.AsObject() ?? throw new GraphiteException("The document is null");
            foreach (var (key, value) in root)
            {
                foreach (var one in value!.AsArray())
                {
                    var name = one!["name"]!.GetValue<string>();
                    items.Add(key switch
                    {
                        "dashboards" => new StoredItem(StoredKind.Dashboard, "", name, one["state"]!.ToJsonString()),
                        "templates" => new StoredItem(StoredKind.Template, "", name, one["state"]!.ToJsonString()),
                        "graphs" => new StoredItem(StoredKind.Graph, one["user"]!.GetValue<string>(), name, one["url"]!.GetValue<string>()),
                        _ => throw new GraphiteException($"The document has an unknown part '{key}'; dashboards, templates and graphs are known"),
                    });
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new GraphiteException("The document is not what /dashboard/export gives", 400, e);
        }

        foreach (var item in items) await store.SaveAsync(item, cancellationToken);
        return new JsonObject { ["success"] = true, ["stored"] = items.Count };
    }
}
