using System.Globalization;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kalmar.Server.Endpoints.Calamari.Access;

/// <summary>
/// Decides for each request to the API whether it may go on: sign-in, CSRF, role, in that order; and turns <see cref="ApiException"/>s
/// into answers. Whoever may not gets 403, never 401, as Calamari's clients expect.
/// </summary>
internal static class AccessGate
{
    /// <summary>The middleware. Needs routing and authentication before it.</summary>
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredRole>() is not { } required)
        {
            await next(context);
            return;
        }

        // Below here the API itself says what is wrong, with a body in Calamari's form.
        if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        UserRole? role = Session.RoleOf(context.User);
        if (context.GetEndpoint()!.Metadata.GetMetadata<ResourceMethods>() is { } methods)
        {
            bool readOnly = role is null or UserRole.ReadOnly;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[HeaderNames.Allow] = methods.Allow(readOnly);
                context.Response.Headers[HeaderNames.Vary] = "Accept, Cookie";
                return Task.CompletedTask;
            });
        }

        try
        {
            Check(context, required, role);
            await next(context);
        }
        catch (ApiException e) when (!context.Response.HasStarted)
        {
            await e.WriteAsync(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await ApiException.Detail(e.StatusCode, e.Message).WriteAsync(context);
        }
        catch (RequestRefusedException e) when (!context.Response.HasStarted)
        {
            await Changes.Refused(e).WriteAsync(context);
        }
        catch (StateStoreException e) when (!context.Response.HasStarted)
        {
            await ApiException.Detail(StatusCodes.Status503ServiceUnavailable, e.Message).WriteAsync(context);
        }
    }

    private static void Check(HttpContext context, RequiredRole required, UserRole? role)
    {
        bool writes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsOptions(context.Request.Method);
        if (context.Items[ApiCredentials.RefusalKey] is TimeSpan wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            throw ApiException.Detail(
                wait > TimeSpan.Zero ? StatusCodes.Status429TooManyRequests : StatusCodes.Status403Forbidden,
                wait > TimeSpan.Zero ? $"Too many failed attempts: try again in {Math.Ceiling(wait.TotalSeconds)} s." : "Invalid credentials: user, password or token is wrong, or the token has expired.");
        }

        if (required.Role is { } least && role is null)
        {
            throw ApiException.Detail(
                StatusCodes.Status403Forbidden, $"Authentication credentials were not provided: sign in at /api/v2/auth/login or send a token (needs role {least.ToName()}).");
        }

        if (writes && (required.Role is not null || Session.IsCookie(context.User)) && !AnonymousWrite(context) && CsrfTokens.Doubt(context.Request) is { } doubt)
        {
            throw ApiException.Detail(StatusCodes.Status403Forbidden, doubt);
        }

        if (required.Role is { } needed && role < needed)
        {
            throw ApiException.Detail(
                StatusCodes.Status403Forbidden, $"You do not have permission to perform this action: it needs role {needed.ToName()}, and yours is {role!.Value.ToName()}.");
        }
    }

    // Signing in is open to whoever has no session to be misused; of a foreign page it is not taken either.
    private static bool AnonymousWrite(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetMetadata<RequiredRole>()!.Role is null && !Session.IsCookie(context.User) && !context.Request.Headers.ContainsKey("Origin");
}
