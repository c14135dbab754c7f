using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Kalmar.Server.Assets;

/// <summary><c>GET /assets/NAME</c> and <c>GET /favicon.ico</c>, for everybody.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapGet(Routes.Assets + "/{name}", (string name, HttpContext context) => Serve(name, context)).AllowAnonymous();
        app.MapGet("/favicon.ico", (HttpContext context) => Serve("favicon.svg", context)).AllowAnonymous();
    }

    private static IResult Serve(string name, HttpContext context)
    {
        if (EmbeddedAssets.Find(name) is not { } asset)
        {
            return Results.NotFound();
        }

        // Only an address with the right tag stays good for ever; the bare one is asked for again each time, which costs a 304.
        bool tagged = string.Equals(context.Request.Query["v"], asset.Tag, StringComparison.Ordinal);
        context.Response.Headers.CacheControl = tagged ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Tag}\""));
    }
}
