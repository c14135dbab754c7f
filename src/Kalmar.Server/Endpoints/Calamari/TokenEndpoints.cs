using System.Globalization;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>The caller's own API tokens. A token cannot make tokens: whoever steals one must not be able to keep the access.</summary>
internal static class TokenEndpoints
{
    private const int MaxName = 100;
    private const int MaxTokens = 100;

    public static void Map(ApiRoutes api)
    {
        api.Get("user/me/token", AllAsync).WithSummary("Your API tokens.").Produces<IReadOnlyList<TokenResource>>();
        api.Add("POST", "user/me/token", UserRole.ReadOnly, CreateAsync)
            .WithSummary("Makes an API token: name, role (yours or less), expires_at. The answer is the only one that shows it.").Produces<TokenResource>(201);
        api.Add("DELETE", "user/me/token/{id:long}", UserRole.ReadOnly, DeleteAsync).WithSummary("Removes an API token.").Produces(204);
    }

    private static async Task<IResult> AllAsync(IApiTokenStore tokens, HttpContext context) => CalamariEndpoints.Json(
        [.. (await tokens.ListAsync(Me(context), context.RequestAborted)).Select(t => Of(t, null))], ApiJson.Readable.IReadOnlyListTokenResource);

    private static async Task<IResult> CreateAsync(IApiTokenStore tokens, TimeProvider time, HttpContext context)
    {
        UserId me = Me(context);
        if (Session.IsToken(context.User))
        {
            throw ApiException.Detail(StatusCodes.Status403Forbidden, "A token cannot make tokens: sign in with the password.");
        }

        UserRole mine = Session.RoleOf(context.User)!.Value;
        using JsonBody body = await JsonBody.ReadAsync(context);
        string? name = body.Text("name", MaxName);
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
        {
            body.Problem("name", "This field is required, without control characters");
        }

        UserRole role = mine;
        if (body.Text("role") is { } text && (!UserRoleNames.TryParse(text, out role) || role > mine))
        {
            body.Problem("role", $"must be one of yours: {string.Join(", ", Enum.GetValues<UserRole>().Where(r => r <= mine).Select(r => r.ToName()))}");
        }

        DateTimeOffset? expires = null;
        if (body.Text("expires_at") is { } when)
        {
            if (DateTimeOffset.TryParse(when, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed) && parsed > time.GetUtcNow())
            {
                expires = parsed;
            }
            else
            {
                body.Problem("expires_at", "must be a time to come, as 2027-01-31T12:00:00Z");
            }
        }

        body.Check();
        if ((await tokens.ListAsync(me, context.RequestAborted)).Count >= MaxTokens)
        {
            throw ApiException.Conflict($"You have {MaxTokens} tokens already: remove some");
        }

        (ApiToken token, string secret) = await tokens.CreateAsync(me, name!, role, expires, context.RequestAborted);
        await context.NoteAccountAsync(
            "token.create", context.User.Identity?.Name ?? "", $"'{token.Name}' ({token.Id}), role {role.ToName()}, {(expires is { } end ? $"until {end.UtcDateTime:s}Z" : "without an end")}");
        return CalamariEndpoints.Json(Of(token, secret), ApiJson.Readable.TokenResource, StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(long id, IApiTokenStore tokens, HttpContext context)
    {
        if (!await tokens.DeleteAsync(Me(context), id, context.RequestAborted))
        {
            throw ApiException.NotFound($"Token '{id}' not found");
        }

        await context.NoteAccountAsync("token.delete", context.User.Identity?.Name ?? "", $"token {id}");
        return Results.NoContent();
    }

    private static UserId Me(HttpContext context) =>
        Session.IdOf(context.User) ?? throw ApiException.Detail(StatusCodes.Status403Forbidden, "Sign in first: only users have tokens.");

    private static TokenResource Of(ApiToken token, string? secret) =>
        new(token.Id, token.Name, token.Role.ToName(), token.CreatedAt, token.ExpiresAt, token.LastUsedAt, secret);
}
