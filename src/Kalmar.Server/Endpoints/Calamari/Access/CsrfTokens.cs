using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Access;

/// <summary>
/// Calamari's protection against forged requests: a cookie that scripts of our own pages can read, and that they send back as a header. The
/// token is part of the session (inside its encrypted cookie), so one from before the sign-in or of another session is worth nothing.
/// </summary>
internal static class CsrfTokens
{
    /// <summary>The cookie.</summary>
    public const string CookieName = "XSRF-TOKEN";

    /// <summary>The header.</summary>
    public const string HeaderName = "X-XSRF-TOKEN";

    /// <summary>Gives the browser the token of its session; a fresh one that fits no session when there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="principal">Who is signed in from now on, or null.</param>
    public static void Issue(HttpContext context, ClaimsPrincipal? principal)
    {
        string token = principal?.FindFirstValue(Session.CsrfClaim) ?? NewToken();
        context.Response.Cookies.Append(CookieName, token, new CookieOptions
        {
            HttpOnly = false,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
        });
    }

    /// <summary>A new token.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Why a request that changes something is not believed; null when it is.</summary>
    /// <param name="request">The request.</param>
    public static string? Doubt(HttpRequest request)
    {
        if (IsForeign(request))
        {
            return "CSRF Failed: the request comes from a page of another origin.";
        }

        if (!Session.IsCookie(request.HttpContext.User))
        {
            return null;
        }

        string? expected = request.HttpContext.User.FindFirstValue(Session.CsrfClaim);
        string? sent = request.Headers[HeaderName];
        if (string.IsNullOrEmpty(sent))
        {
            return $"CSRF Failed: the header {HeaderName} is missing; send the value of the cookie {CookieName}.";
        }

        return expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(sent))
            ? null
            : $"CSRF Failed: the header {HeaderName} is not this session's token; it changes with each sign-in.";
    }

    // Browsers name the origin of every request that can change something. Programs name none.
    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            return true;
        }

        string? origin = request.Headers.Origin;
        return !string.IsNullOrEmpty(origin)
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
