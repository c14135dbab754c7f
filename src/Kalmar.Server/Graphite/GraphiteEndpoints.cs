using System.Buffers;
using Kalmar.Graphite;
using Kalmar.Graphite.Finding;
using Kalmar.Graphite.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kalmar.Server.Graphite;

/// <summary>Graphite's HTTP API over the history that the host keeps: at <c>/</c> and at <c>/graphite/</c>, where Calamari's clients look.</summary>
public static class GraphiteEndpoints
{
    // A form larger than this is no list of targets.
    private const long MaxFormBytes = 1 << 20;

    private static readonly string[] Methods = ["GET", "POST"];

    /// <summary>Adds <c>/render</c>, <c>/metrics/find</c>, <c>/metrics/expand</c> and <c>/metrics/index.json</c>. Needs a <see cref="Renderer"/> and a <see cref="Finder"/> among the services.</summary>
    /// <param name="app">The host.</param>
    /// <returns>The host.</returns>
    public static IEndpointRouteBuilder MapGraphite(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        foreach (string prefix in (string[])["", "/graphite"])
        {
            Map(app, $"{prefix}/render", RenderAsync);
            Map(app, $"{prefix}/metrics", FindAsync);
            Map(app, $"{prefix}/metrics/find", FindAsync);
            Map(app, $"{prefix}/metrics/expand", ExpandAsync);
            Map(app, $"{prefix}/metrics/index.json", IndexAsync);
        }

        return app;
    }

    // A form here changes nothing, and Graphite's clients know of no token.
    private static void Map(IEndpointRouteBuilder app, string path, Func<HttpContext, RenderParameters, ArrayBufferWriter<byte>, ValueTask<string>> answer) =>
        app.MapMethods(path, Methods, context => AnswerAsync(context, answer)).DisableAntiforgery();

    private static async Task AnswerAsync(HttpContext context, Func<HttpContext, RenderParameters, ArrayBufferWriter<byte>, ValueTask<string>> answer)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        string type;
        try
        {
            type = await answer(context, await ReadAsync(context), output);
        }
        catch (GraphiteException e)
        {
            context.Response.StatusCode = e.Status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(e.Message + "\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = type;
        context.Response.ContentLength = output.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(output.WrittenMemory, context.RequestAborted);
    }

    private static ValueTask<string> RenderAsync(HttpContext context, RenderParameters parameters, ArrayBufferWriter<byte> output)
    {
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        return context.RequestServices.GetRequiredService<Renderer>().RenderAsync(RenderRequest.Parse(parameters, time), output, context.RequestAborted);
    }

    private static ValueTask<string> FindAsync(HttpContext context, RenderParameters parameters, ArrayBufferWriter<byte> output)
    {
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        return context.RequestServices.GetRequiredService<Finder>().FindAsync(FindRequest.Parse(parameters, time), output, context.RequestAborted);
    }

    private static async ValueTask<string> ExpandAsync(HttpContext context, RenderParameters parameters, ArrayBufferWriter<byte> output)
    {
        string[] patterns = [.. parameters.Values("query")];
        await context.RequestServices.GetRequiredService<Finder>().ExpandAsync(
            patterns, parameters["leavesOnly"] is "1", parameters["groupByExpr"] is "1", parameters["local"] is "1", output, context.RequestAborted);
        return "application/json";
    }

    private static async ValueTask<string> IndexAsync(HttpContext context, RenderParameters parameters, ArrayBufferWriter<byte> output)
    {
        await context.RequestServices.GetRequiredService<Finder>().IndexAsync(parameters["local"] is "1", output, context.RequestAborted);
        return "application/json";
    }

    private static async Task<RenderParameters> ReadAsync(HttpContext context)
    {
        RenderParameters parameters = RenderParameters.OfQuery(context.Request.QueryString.Value ?? "");
        if (!context.Request.HasFormContentType)
        {
            return parameters;
        }

        if (context.Request.ContentLength is null or > MaxFormBytes)
        {
            throw new GraphiteException($"a form may have {MaxFormBytes} bytes and must say how many it has", StatusCodes.Status413PayloadTooLarge);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in await context.Request.ReadFormAsync(context.RequestAborted))
        {
            foreach (string? value in values)
            {
                parameters.Add(name, value ?? "");
            }
        }

        return parameters;
    }
}
