using System.Globalization;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary><c>auth/login</c>, <c>auth/logout</c> and <c>info</c>.</summary>
internal static class AuthEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.GetOpen("auth/login", BeginLogin).WithSummary("Sets the cookie XSRF-TOKEN.");
        api.Add("POST", "auth/login", null, LoginAsync).WithSummary("Signs in with a name and a password; sets the session cookie and a new XSRF-TOKEN.");
        api.GetOpen("auth/logout", LogoutAsync).WithSummary("Signs out (kept for the stock web client; prefer POST).").Produces<MessageResource>();
        api.Add("POST", "auth/logout", null, LogoutAsync).WithSummary("Signs out.").Produces<MessageResource>();
        api.GetOpen("info", Info).WithSummary("The server itself; needs no sign-in.").Produces<InfoResource>();
    }

    private static IResult BeginLogin(HttpContext context)
    {
        CsrfTokens.Issue(context, Session.IsCookie(context.User) ? context.User : null);
        return Results.Text("{}", "application/json");
    }

    private static async Task<IResult> LoginAsync(HttpContext context, SignInService signIn)
    {
        using JsonBody body = await JsonBody.ReadAsync(context);
        string? username = body.Text("username", User.MaxNameLength);
        string? password = body.Text("password", PasswordHashing.MaxLength);
        foreach ((string name, string? value) in new[] { ("username", username), ("password", password) })
        {
            if (string.IsNullOrEmpty(value))
            {
                body.Problem(name, "This field is required");
            }
        }

        body.Check(unknown: false);
        SignInOutcome outcome = await signIn.TryAsync(username!, password!, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (outcome.Result == SignInResult.Wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(outcome.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            throw ApiException.WithMessage(StatusCodes.Status429TooManyRequests, $"Too many failed attempts: try again in {Math.Ceiling(outcome.RetryAfter.TotalSeconds)} s");
        }

        if (outcome.User is not { } user)
        {
            throw ApiException.WithMessage(StatusCodes.Status401Unauthorized, "User authentication failed");
        }

        await Session.SignInAsync(context, user);
        return Results.Text("{}", "application/json");
    }

    private static async Task<IResult> LogoutAsync(HttpContext context)
    {
        if (Session.IsCookie(context.User))
        {
            await context.SignOutAsync(Session.Scheme);
        }

        CsrfTokens.Issue(context, null);
        return CalamariEndpoints.Json(new MessageResource("Logged out"), ApiJson.Readable.MessageResource);
    }

    private static IResult Info(HttpContext context)
    {
        string host = Environment.MachineName;
        return CalamariEndpoints.Json(
            new InfoResource(
                typeof(AuthEndpoints).Assembly.GetName().Version?.ToString(3) ?? "",
                "Apache-2.0",
                "Kalmar",
                host.Split('.')[0],
                host,
                context.Connection.LocalIpAddress?.ToString() ?? "",
                "",
                "",
                ""),
            ApiJson.Readable.InfoResource);
    }
}
