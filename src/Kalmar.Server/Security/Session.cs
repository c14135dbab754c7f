using System.Globalization;
using System.Security.Claims;
using Kalmar.Manager.State;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Security;

/// <summary>A signed-in user as claims in a cookie, and back.</summary>
internal static class Session
{
    /// <summary>The session cookie, named as Calamari's.</summary>
    public const string CookieName = "calamari_sessionid";

    /// <summary>The scheme's name.</summary>
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;

    private const string StampClaim = "kalmar:stamp";
    private const string AnonymousScheme = "Anonymous";

    /// <summary>Signs a user in.</summary>
    public static Task SignInAsync(HttpContext context, User user) => context.SignInAsync(Scheme, ToPrincipal(user));

    /// <summary>Who somebody on this machine is who did not sign in.</summary>
    public static ClaimsPrincipal Anonymous(UserRole role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, "anonymous"), new Claim(ClaimTypes.Role, role.ToName())], AnonymousScheme));

    /// <summary>True when there is a session, that can be ended.</summary>
    public static bool IsSignedIn(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, AuthenticationType: not AnonymousScheme };

    /// <summary>The number of the user of a session; null for the anonymous.</summary>
    public static UserId? IdOf(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out long id) ? new UserId(id) : null;

    /// <summary>
    /// Looks at every request whether the session's user is still there and still has the password of then; takes the role from the
    /// store, so that a change of it works at once.
    /// </summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context, IUserStore users)
    {
        ClaimsPrincipal principal = context.Principal ?? new ClaimsPrincipal();
        User? user = IdOf(principal) is { } id ? await users.FindAsync(id, context.HttpContext.RequestAborted) : null;
        if (user is null || !string.Equals(user.SecurityStamp, principal.FindFirstValue(StampClaim), StringComparison.Ordinal))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Scheme);
        }
        else if (!principal.IsInRole(user.Role.ToName()))
        {
            context.ReplacePrincipal(ToPrincipal(user));
        }
    }

    private static ClaimsPrincipal ToPrincipal(User user) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new Claim(ClaimTypes.Name, user.Name),
            new Claim(ClaimTypes.Role, user.Role.ToName()),
            new Claim(StampClaim, user.SecurityStamp),
        ],
        Scheme));
}
