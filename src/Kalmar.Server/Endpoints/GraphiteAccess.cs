using System.Security.Claims;
using Kalmar.Graphite;
using Kalmar.Manager.State;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints;

/// <summary>Who may read and who may store something through Graphite's endpoints.</summary>
internal static class GraphiteAccess
{
    /// <summary>Throws unless the request may read (or store, when <paramref name="write"/>).</summary>
    /// <exception cref="GraphiteException">Status 401 or 403.</exception>
    public static void Check(HttpContext context, GraphiteOptions options, bool write)
    {
        if (write && IsForeignPage(context)) throw new GraphiteException("A page of another site may not store anything here", StatusCodes.Status403Forbidden);
        var user = context.User;
        if (user.Identity?.IsAuthenticated == true)
        {
            if (write && user.FindFirstValue(ClaimTypes.Role) == UserRole.ReadOnly.ToName() && !Open(options.AnonymousWrite, context))
                throw new GraphiteException("Your role may read, but not store anything", StatusCodes.Status403Forbidden);
            return;
        }

        if (Open(write ? options.AnonymousWrite : options.AnonymousRead, context)) return;
        throw new GraphiteException("Sign in first", StatusCodes.Status401Unauthorized);
    }

    private static bool Open(GraphiteAudience audience, HttpContext context) => audience switch
    {
        GraphiteAudience.Everybody => true,
        GraphiteAudience.Loopback => LoopbackAccess.IsFromHere(context),
        _ => false,
    };

    // A browser says where a request comes from; programs say nothing.
    private static bool IsForeignPage(HttpContext context)
    {
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return true;
        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
