using System.Net;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Security;

/// <summary>Takes people in who sit at this machine, when the options say so.</summary>
internal static class LoopbackAccess
{
    /// <summary>The middleware: gives an anonymous principal to a loopback request that has no session.</summary>
    public static Task InvokeAsync(HttpContext context, KalmarServerOptions options, RequestDelegate next)
    {
        if (options.AnonymousOnLoopback && context.User.Identity?.IsAuthenticated != true && IsFromHere(context))
        {
            context.User = Session.Anonymous(options.AnonymousRole);
        }

        return next(context);
    }

    /// <summary>
    /// Whether a request comes from this machine. The name that was asked for must be a loopback name too: a foreign page could let its own name
    /// point here (DNS rebinding). A request that a proxy passed on comes from somewhere else.
    /// </summary>
    public static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopbackName(context.Request.Host.Host)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool IsLoopbackName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
