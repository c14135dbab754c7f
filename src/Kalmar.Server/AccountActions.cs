using Kalmar.Server.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server;

/// <summary>What the buttons of the page's head do: sign out, and choose the theme. Both are forms, so they work without a script.</summary>
internal static class AccountActions
{
    /// <summary>The cookie that keeps the theme.</summary>
    public const string ThemeCookie = "kalmar_theme";

    /// <summary>The themes; the first follows the system.</summary>
    public static readonly string[] Themes = ["auto", "light", "dark"];

    public static void MapAccountActions(this IEndpointRouteBuilder app)
    {
        app.MapPost(Routes.SignOut, SignOutAsync);
        app.MapPost(Routes.Theme, ChooseThemeAsync).AllowAnonymous();
        app.MapGet(Routes.SignOut, static () => Results.LocalRedirect(Routes.SignIn)).AllowAnonymous();
    }

    /// <summary>The theme that was chosen, or <c>auto</c>.</summary>
    public static string ThemeOf(HttpContext? context) =>
        Array.Find(Themes, t => string.Equals(t, context?.Request.Cookies[ThemeCookie], StringComparison.Ordinal)) ?? Themes[0];

    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, ILoggerFactory loggers)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (Session.IsSignedIn(context.User))
        {
            ServerLog.SignedOut(loggers.CreateLogger("Kalmar.Server.Security"), context.User.Identity?.Name ?? "");
            await context.SignOutAsync(Session.Scheme);
        }

        return Results.LocalRedirect(Routes.SignIn);
    }

    private static async Task<IResult> ChooseThemeAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (Array.Find(Themes, t => string.Equals(t, form["theme"], StringComparison.Ordinal)) is not { } theme)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        context.Response.Cookies.Append(ThemeCookie, theme, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
        });
        return Results.LocalRedirect(ReturnTo(form["return"]));
    }

    private static string ReturnTo(string? url) =>
        url is not null && url.StartsWith(Routes.SignIn, StringComparison.Ordinal) ? Routes.SignIn : ReturnUrl.Check(url);
}
