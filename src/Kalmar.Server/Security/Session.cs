using System.Globalization;
using System.Security.Claims;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
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

    /// <summary>The session's token against forged requests; see <c>CsrfTokens</c>.</summary>
    public const string CsrfClaim = "kalmar:csrf";

    private const string StampClaim = "kalmar:stamp";
    private const string AnonymousScheme = "Anonymous";
    private const string BasicScheme = "Basic";
    private const string TokenScheme = "Token";

    /// <summary>Signs a user in.</summary>
    /// <returns>Who is signed in now; the session's token is among the claims.</returns>
    public static async Task<ClaimsPrincipal> SignInAsync(HttpContext context, User user)
    {
        ClaimsPrincipal principal = ToPrincipal(user, CsrfTokens.NewToken());
        await context.SignInAsync(Scheme, principal);
        CsrfTokens.Issue(context, principal);
        return principal;
    }

    /// <summary>Somebody who sent a name and a password along with the request.</summary>
    public static ClaimsPrincipal OfBasic(User user) => Principal(user, user.Role, user.Name, BasicScheme);

    /// <summary>A program with an API token.</summary>
    /// <param name="user">Whose token it is.</param>
    /// <param name="role">What the token may do: never more than its user.</param>
    /// <param name="token">The token's name.</param>
    public static ClaimsPrincipal OfToken(User user, UserRole role, string token) => Principal(user, role, $"{user.Name}/{token}", TokenScheme);

    /// <summary>True when the caller is known by the session cookie, which a browser sends whoever made it ask.</summary>
    public static bool IsCookie(ClaimsPrincipal principal) => principal.Identity is { IsAuthenticated: true, AuthenticationType: Scheme };

    /// <summary>True when the caller is known by an API token.</summary>
    public static bool IsToken(ClaimsPrincipal principal) => principal.Identity is { IsAuthenticated: true, AuthenticationType: TokenScheme };

    /// <summary>The caller's role; null when nobody is signed in.</summary>
    public static UserRole? RoleOf(ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && UserRoleNames.TryParse(principal.FindFirstValue(ClaimTypes.Role), out UserRole role) ? role : null;

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
            context.ReplacePrincipal(ToPrincipal(user, principal.FindFirstValue(CsrfClaim) ?? CsrfTokens.NewToken()));
        }
    }

    private static ClaimsPrincipal ToPrincipal(User user, string csrf) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()),
            new Claim(ClaimTypes.Name, user.Name),
            new Claim(ClaimTypes.Role, user.Role.ToName()),
            new Claim(StampClaim, user.SecurityStamp),
            new Claim(CsrfClaim, csrf),
        ],
        Scheme));

    private static ClaimsPrincipal Principal(User user, UserRole role, string name, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()), new Claim(ClaimTypes.Name, name), new Claim(ClaimTypes.Role, role.ToName())], scheme));
}
