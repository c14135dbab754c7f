using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Live;

/// <summary><c>GET /live</c>: Server-Sent Events, see <see cref="LiveStreams"/>.</summary>
internal static class LiveEndpoint
{
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet(Routes.Live, Serve);

    private static IResult Serve(HttpContext context, LiveStreams streams)
    {
        if (!streams.TryEnter())
        {
            context.Response.Headers.RetryAfter = "30";
            return Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "too many live pages");
        }

        context.Response.OnCompleted(() =>
        {
            streams.Leave();
            return Task.CompletedTask;
        });

        // Proxies that buffer would hold the events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        IAsyncEnumerable<SseItem<string>> items = streams.StreamAsync(context.RequestAborted);
        return TypedResults.ServerSentEvents(items);
    }
}
