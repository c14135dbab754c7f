using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kalmar.Graphite;
using Kalmar.Graphite.Dashboards;
using Kalmar.Graphite.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints;

/// <summary>Graphs that users saved, trees of them, and short links.</summary>
internal static partial class GraphiteGraphs
{
    private const int MaxAddress = 64 * 1024;
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";
    private static readonly string[] s_both = ["GET", "POST"];

    public static void MapGraphiteGraphs(this IEndpointRouteBuilder endpoints, GraphiteOptions options, string prefix)
    {
        var store = options.Dashboards;
        Map("/composer/mygraph", true, (c, p, o) => SaveAsync(c, p, o, store));
        Map("/browser/mygraph", false, async (c, p, o) => await WriteAsync(o, p, await TreeAsync(store, UserOf(c), p["path"] ?? "", "", c.RequestAborted)));
        Map("/browser/usergraph", false, async (c, p, o) =>
        {
            var path = p["path"] ?? throw new GraphiteException("Missing required parameter 'path'");
            var dot = path.IndexOf('.', StringComparison.Ordinal);
            var user = p["user"] is { Length: > 0 } named ? named : dot < 0 ? path : path[..dot];
            var inside = path.Length > user.Length ? path[(user.Length + 1)..] : "";
            return await WriteAsync(o, p, user.Length == 0 ? await UsersAsync(store, c.RequestAborted) : await TreeAsync(store, user, inside, user + ".", c.RequestAborted));
        });
        Map("/browser/search", false, async (c, p, o) =>
        {
            Text(o, string.Join(',', await SearchAsync(options, p["query"] ?? "", c.RequestAborted)));
            return "text/plain";
        });
        Map("/render/~{user}/{graph}", false, async (c, p, o) =>
        {
            var (user, graph) = ((string)c.Request.RouteValues["user"]!, (string)c.Request.RouteValues["graph"]!);
            var found = await store.GetAsync(StoredKind.Graph, user, graph, c.RequestAborted) ?? throw new GraphiteException($"User {user} has no graph named '{graph}'", 404);
            var at = found.Content.IndexOf('?', StringComparison.Ordinal);
            var query = at < 0 ? "" : found.Content[(at + 1)..];
            var changed = string.Concat(p.All.Select(i => $"&{Uri.EscapeDataString(i.Key)}={Uri.EscapeDataString(i.Value)}"));
            Redirect(c, $"{prefix}/render?{query}{changed}", 302);
            return "text/plain";
        });
        // Paths are matched without regard to case: /s/ makes a link, /S/ follows one.
        Map("/s/{**path}", false, async (c, p, o) =>
        {
            var rest = c.Request.Path.Value![prefix.Length..];
            if (rest.StartsWith("/S/", StringComparison.Ordinal))
            {
                var address = Number(rest[3..].TrimEnd('/')) is { } link ? await store.FollowAsync(link, c.RequestAborted) : null;
                Redirect(c, $"{prefix}/{address ?? throw new GraphiteException("There is no such link", 404)}", 301);
                return "text/plain";
            }

            GraphiteAccess.Check(c, options, write: true);

            // What is kept is a path on this server and nothing else, so that no link leads elsewhere.
            var target = Salt().Replace(rest[3..].TrimStart('/', '\\') + c.Request.QueryString.Value, "");
            if (target.Length > MaxAddress) throw new GraphiteException($"An address has at most {MaxAddress} characters", 414);
            Text(o, $"{prefix}/S/{Letters(await store.ShortenAsync(target, c.RequestAborted))}");
            return "text/plain";
        });

        void Map(string path, bool write, Func<HttpContext, RenderParameters, IBufferWriter<byte>, ValueTask<string>> answer) =>
            endpoints.MapMethods(prefix + path, s_both, context => GraphiteEndpoints.AnswerAsync(context, options, answer, write)).DisableAntiforgery().Open(options);
    }

    /// <summary>A link's number in 62 letters and digits.</summary>
    internal static string Letters(long number)
    {
        var text = new StringBuilder();
        do
        {
            text.Insert(0, Digits[(int)(number % Digits.Length)]);
            number /= Digits.Length;
        }
        while (number > 0);
        return text.ToString();
    }

    /// <summary>The number back, or null.</summary>
    internal static long? Number(string letters)
    {
        if (letters.Length is 0 or > 10) return null;
        long number = 0;
        foreach (var letter in letters)
        {
            var digit = Digits.IndexOf(letter, StringComparison.Ordinal);
            if (digit < 0) return null;
            number = (number * Digits.Length) + digit;
        }

        return number;
    }

    private static string UserOf(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : "default";

    private static async ValueTask<string> SaveAsync(HttpContext context, RenderParameters parameters, IBufferWriter<byte> output, IDashboardStore store)
    {
        var name = parameters["graphName"] ?? throw new GraphiteException("Missing required parameter 'graphName'");
        var user = UserOf(context);
        Text(output, name.Length == 0 ? "You must type in a graph name." : parameters["action"] switch
        {
            "save" => await SaveOneAsync(),
            "delete" => await store.DeleteAsync(StoredKind.Graph, user, name, context.RequestAborted) ? "DELETED" : $"No such graph '{WebUtility.HtmlEncode(name)}'",
            _ => "Invalid operation",
        });
        return "text/plain; charset=utf-8";

        async ValueTask<string> SaveOneAsync()
        {
            var url = parameters["url"] ?? throw new GraphiteException("Missing required parameter 'url'");
            if (name.Length > 256 || url.Length > MaxAddress) throw new GraphiteException($"A graph's name has at most 256 characters and its address {MaxAddress}");
            await store.SaveAsync(new StoredItem(StoredKind.Graph, user, name, url), context.RequestAborted);
            return "SAVED";
        }
    }

    private static async ValueTask<JsonArray> UsersAsync(IDashboardStore store, CancellationToken cancellationToken)
    {
        var graphs = await store.ListAsync(StoredKind.Graph, null, cancellationToken);
        JsonArray users = [.. graphs.Select(g => g.Owner).Distinct(StringComparer.Ordinal).Select(u => (JsonNode)Branch(u, u))];
        return users.Count > 0 ? users : [Nothing()];
    }

    private static async ValueTask<JsonArray> TreeAsync(IDashboardStore store, string user, string path, string above, CancellationToken cancellationToken)
    {
        var inside = path.Length == 0 ? "" : path.TrimEnd('.') + ".";
        List<JsonObject> branches = [];
        List<JsonObject> leaves = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var graph in await store.ListAsync(StoredKind.Graph, user, cancellationToken))
        {
            if (!graph.Name.StartsWith(inside, StringComparison.Ordinal)) continue;
            var rest = graph.Name[inside.Length..];
            var dot = rest.IndexOf('.', StringComparison.Ordinal);
            var name = dot < 0 ? rest : rest[..dot];
            if (!seen.Add(dot < 0 ? name : name + ".")) continue;
            if (dot >= 0) branches.Add(Branch(name, above + inside + name + "."));
            else leaves.Add(Leaf(name, above + inside + NodeId(name), graph.Content));
        }

        JsonArray nodes = [.. branches, .. leaves];
        return nodes.Count > 0 ? nodes : [Nothing()];
    }

    private static JsonObject Nothing() => Leaf("No saved graphs", "no-click", null);

    private static JsonObject Branch(string name, string id) => new() { ["text"] = WebUtility.HtmlEncode(name), ["id"] = id, ["allowChildren"] = 1, ["expandable"] = 1, ["leaf"] = 0 };

    private static JsonObject Leaf(string name, string id, string? url)
    {
        var leaf = new JsonObject { ["text"] = WebUtility.HtmlEncode(name), ["id"] = id };
        if (url is not null) leaf["graphUrl"] = url;
        leaf["allowChildren"] = 0;
        leaf["expandable"] = 0;
        leaf["leaf"] = 1;
        return leaf;
    }

    // Graphite names the nodes of its tree so; nothing is protected by it.
#pragma warning disable CA5351
    private static string NodeId(string name) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(name)));
#pragma warning restore CA5351

    private static async ValueTask<List<string>> SearchAsync(GraphiteOptions options, string query, CancellationToken cancellationToken)
    {
        List<string> names = [];
        if (query.Length == 0) return names;
        var regexes = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Compile).ToList();
        List<string> all = [];
        await options.Source.ListAsync(true, all, cancellationToken);
        all.Sort(StringComparer.Ordinal);
        foreach (var name in all)
        {
            if (regexes.Exists(r => r.IsMatch(name))) names.Add(name);
            if (names.Count >= 100) break;
        }

        return names;
    }

    private static Regex Compile(string pattern)
    {
        if (pattern.Length > 1024) throw new GraphiteException("A pattern has at most 1,024 characters", 422);
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new GraphiteException($"Invalid regular expression '{pattern}'", 400, e);
        }
    }

    private static ValueTask<string> WriteAsync(IBufferWriter<byte> output, RenderParameters parameters, JsonArray nodes) => GraphiteEndpoints.WriteJsonAsync(parameters, output, () =>
    {
        using var json = new Utf8JsonWriter(output);
        nodes.WriteTo(json);
        return ValueTask.CompletedTask;
    });

    private static void Text(IBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));

    private static void Redirect(HttpContext context, string address, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = new Uri(address, UriKind.Relative).ToString();
    }

    [GeneratedRegex("&_(?:uniq|salt|dc)=[0-9.]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Salt();
}
