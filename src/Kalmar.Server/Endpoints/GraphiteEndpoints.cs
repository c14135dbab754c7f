using System.Buffers;
using System.Text;
using System.Text.Json;
using Kalmar.Graphite;
using Kalmar.Graphite.Finding;
using Kalmar.Graphite.Functions;
using Kalmar.Graphite.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Endpoints;

/// <summary>Graphite's HTTP API: render, find, expand, index, functions, version, events, tags, dashboards, saved graphs.</summary>
public static class GraphiteEndpoints
{
    private static readonly string[] s_verbs = ["GET", "POST"];

    // What graphite-web has and is refused here, with the way that is left.
    private static readonly (string Path, string Instead)[] s_refused =
    [
        ("/render/local", "it takes pickled graphs, which are not read from anybody; ask /render"),
        ("/dashboard/email", "mail the link of /dashboard/load, or a picture from /render"),
        ("/metrics/get-metadata", "Carbon's query port tells and sets how a metric is aggregated, and so does kalmar whisper"),
        ("/metrics/set-metadata", "Carbon's query port tells and sets how a metric is aggregated, and so does kalmar whisper"),
        ("/whitelist/{**action}", "lists of metrics are whitelist.conf and blacklist.conf of kalmar carbon"),
    ];

    /// <summary>Adds the endpoints below <paramref name="prefix"/>; a host may call this for the root and once more for <c>/graphite</c>.</summary>
    /// <returns>The builder.</returns>
    public static IEndpointRouteBuilder MapGraphite(this IEndpointRouteBuilder endpoints, GraphiteOptions options, TimeProvider clock, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        var renderer = new Renderer(options.Source, options.Rendering, options.Events, options.Tags);
        var finder = new Finder(options.Source);
        var cache = new RenderCache(clock, options.CacheBytes);
        Map("/render", (context, parameters, output) => RenderAsync(context, parameters, output, options, renderer, cache, clock));
        Map("/metrics/find", Find);
        Map("/metrics", Find);
        Map("/metrics/expand", (context, parameters, output) => WriteJsonAsync(parameters, output, () => finder.ExpandAsync(
            [.. parameters.Values("query")], parameters["leavesOnly"] == "1", parameters["groupByExpr"] == "1", parameters["local"] == "1", output, context.RequestAborted)));
        Map("/metrics/index.json", (context, parameters, output) =>
            WriteJsonAsync(parameters, output, () => finder.IndexAsync(parameters["local"] == "1", output, context.RequestAborted)));
        Map("/functions", (_, parameters, output) =>
        {
            FunctionsFormat.WriteAll(output, parameters["group"], parameters["grouped"] is { Length: > 0 }, parameters["pretty"] is { Length: > 0 });
            return new("application/json");
        });
        Map("/functions/{name}", (context, parameters, output) =>
        {
            var name = (string)context.Request.RouteValues["name"]!;
            return FunctionsFormat.TryWrite(output, name, parameters["pretty"] is { Length: > 0 }) ? new("application/json") : throw new GraphiteException($"Function not found: {name}", 404);
        }, jsonErrors: true);
        foreach (var (path, instead) in s_refused) Map(path, (_, _, _) => throw new GraphiteException($"{prefix + path} is not there: {instead}", 501));
        Map("/version", (_, _, output) =>
        {
            output.Write("1.1.10"u8);
            return new("text/html; charset=utf-8");
        });
        endpoints.MapGraphiteEvents(options, clock, prefix);
        endpoints.MapGraphiteTags(options, prefix);
        endpoints.MapGraphiteDashboards(options, prefix);
        endpoints.MapGraphiteGraphs(options, prefix);
        return endpoints;

        async ValueTask<string> Find(HttpContext context, RenderParameters parameters, IBufferWriter<byte> output) =>
            await finder.FindAsync(FindRequest.Parse(parameters, clock, options.Rendering.Zone), output, context.RequestAborted);

        void Map(string path, Func<HttpContext, RenderParameters, IBufferWriter<byte>, ValueTask<string>> answer, bool jsonErrors = false) =>
            endpoints.MapMethods(prefix + path, s_verbs, context => AnswerAsync(context, options, answer, jsonErrors: jsonErrors)).DisableAntiforgery().Open(options);
    }

    /// <summary>Has JSON written, in a call of a function when <c>jsonp</c> names one.</summary>
    /// <returns>The media type.</returns>
    internal static async ValueTask<string> WriteJsonAsync(RenderParameters parameters, IBufferWriter<byte> output, Func<ValueTask> write)
    {
        var call = JsonCallback.Of(parameters);
        if (call is not null) output.Write(Encoding.UTF8.GetBytes(call + "("));
        await write();
        if (call is not null) output.Write(")"u8);
        return call is null ? "application/json" : "text/javascript";
    }

    /// <summary>Runs an answer: it is written only when it is whole, so that an error always has its status.</summary>
    internal static async Task AnswerAsync(
        HttpContext context, GraphiteOptions options, Func<HttpContext, RenderParameters, IBufferWriter<byte>, ValueTask<string>> answer,
        bool write = false, bool jsonErrors = false, bool readForm = true)
    {
        using var output = new SegmentedOutput();
        try
        {
            GraphiteAccess.Check(context, options, write);
            var parameters = await GraphiteRequest.ReadAsync(context, readForm, options.MaxBody);
            context.Response.ContentType = await answer(context, parameters, output);
            context.Response.Headers.CacheControl = "no-cache";
        }
        catch (GraphiteException e)
        {
            context.Response.StatusCode = e.Status;
            output.Clear();
            var message = e.Message.ReplaceLineEndings(" ");
            context.Response.ContentType = jsonErrors ? "application/json" : "text/plain; charset=utf-8";
            output.Write(jsonErrors ? [.. "{\"error\": \""u8, .. JsonEncodedText.Encode(message).EncodedUtf8Bytes, .. "\"}"u8] : Encoding.UTF8.GetBytes(message));
        }

        context.Response.ContentLength = output.Length;
        foreach (var segment in output.Segments()) await context.Response.BodyWriter.WriteAsync(segment, context.RequestAborted);
    }

    /// <summary>Leaves the question who may come in to <see cref="GraphiteAccess"/> when there are people who need not sign in.</summary>
    internal static void Open(this IEndpointConventionBuilder route, GraphiteOptions options)
    {
        if (options.AnonymousRead != GraphiteAudience.Nobody || options.AnonymousWrite != GraphiteAudience.Nobody) route.AllowAnonymous();
    }

    private static async ValueTask<string> RenderAsync(
        HttpContext context, RenderParameters parameters, IBufferWriter<byte> output, GraphiteOptions options, Renderer renderer, RenderCache cache, TimeProvider clock)
    {
        var request = RenderRequest.Parse(parameters, clock, options.Rendering.Zone);
        var seconds = request.NoCache ? 0 : Math.Clamp(request.CacheTimeout ?? options.CacheSeconds, 0, 3600);
        var key = seconds > 0 ? RenderCache.KeyOf(parameters) : string.Empty;
        if (seconds > 0 && cache.TryWrite(key, output) is { } kept) return kept;
        var type = await renderer.RenderAsync(request, output, context.RequestAborted);
        if (seconds > 0) cache.Add(key, type, ((SegmentedOutput)output).ToArray(), seconds);
        return type;
    }
}
