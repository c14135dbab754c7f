using System.Net;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server.Endpoints;

/// <summary>A server of nothing but Graphite's API: no cluster, no users, no pages.</summary>
public static class GraphiteStandalone
{
    /// <summary>Puts the server together; the caller starts it and disposes it.</summary>
    /// <param name="listen">Where to listen.</param>
    /// <param name="options">What to answer from, and who may ask.</param>
    /// <param name="clock">The clock.</param>
    public static WebApplication Create(IPEndPoint listen, GraphiteOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(listen);
        ArgumentNullException.ThrowIfNull(options);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole(c => c.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        // A port that is taken is told in one line by the command.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBody + 1;
            kestrel.Listen(listen);
        });
        WebApplication app = builder.Build();
        app.Use(SecurityHeaders.InvokeAsync);
        app.MapGraphite(options, clock).MapGraphite(options, clock, "/graphite");
        app.MapGet("/", static () => Results.Text("Graphite's API by Kalmar: /render, /metrics/find, /functions, /tags, /events\n"));
        return app;
    }
}
