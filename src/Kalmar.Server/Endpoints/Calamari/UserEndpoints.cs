using System.Globalization;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Access;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Users. Everybody reads them and changes the own one; superusers make, change and remove others.</summary>
internal static class UserEndpoints
{
    private const int MaxEmail = 254;

    public static void Map(ApiRoutes api)
    {
        api.Get("user", AllAsync).WithSummary("Users.").Produces<IReadOnlyList<UserResource>>();
        api.Add("POST", "user", UserRole.Superuser, CreateAsync).WithSummary("Makes a user: username, password, email, role.").Produces<UserResource>(201);
        api.Get("user/{id}", OneAsync).WithSummary("A user by number, or me.").Produces<UserResource>();
        api.Add("PUT", "user/{id}", UserRole.ReadOnly, ChangeAsync).WithSummary("Changes a user.").Produces<UserResource>();
        api.Add("PATCH", "user/{id}", UserRole.ReadOnly, ChangeAsync).WithSummary("Changes a user.").Produces<UserResource>();
        api.Add("DELETE", "user/{id}", UserRole.Superuser, DeleteAsync).WithSummary("Removes a user; the sessions and tokens of the user end.").Produces(204);
    }

    private static async Task<IResult> AllAsync(IUserStore users, CancellationToken cancellationToken) => CalamariEndpoints.Json(
        [.. (await users.ListAsync(cancellationToken)).Select(Of)], ApiJson.Readable.IReadOnlyListUserResource);

    private static async Task<IResult> OneAsync(string id, IUserStore users, HttpContext context)
    {
        // Whoever looks from this machine without signing in is somebody too, though not in the store.
        if (id == "me" && Session.IdOf(context.User) is null)
        {
            return CalamariEndpoints.Json(
                new UserResource(0, context.User.Identity?.Name ?? "anonymous", "", Session.RoleOf(context.User)!.Value.ToName()), ApiJson.Readable.UserResource);
        }

        return CalamariEndpoints.Json(Of(await FindAsync(id, users, context)), ApiJson.Readable.UserResource);
    }

    private static async Task<IResult> CreateAsync(IUserStore users, PasswordHashing hashing, HttpContext context)
    {
        using JsonBody body = await JsonBody.ReadAsync(context);
        string? name = body.Text("username", User.MaxNameLength);
        string? password = ReadPassword(body);
        string? email = body.Text("email", MaxEmail);
        UserRole? role = ReadRole(body);
        body.Has("id");
        if (string.IsNullOrWhiteSpace(name))
        {
            body.Problem("username", "This field is required");
        }
        else if (name.Any(char.IsControl))
        {
            body.Problem("username", "must not have control characters");
        }

        if (password is null)
        {
            body.Problem("password", "This field is required");
        }

        body.Check();
        NewUser wanted = new(name!, email ?? "", role ?? UserRole.ReadOnly, await hashing.HashAsync(password!, context.RequestAborted));
        User user = await users.CreateAsync(wanted, context.RequestAborted) ?? throw ApiException.Conflict($"User '{name}' already exists");
        await context.NoteAccountAsync("user.create", user.Name, $"role {user.Role.ToName()}");
        return CalamariEndpoints.Json(Of(user), ApiJson.Readable.UserResource, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(string id, IUserStore users, SignInService signIn, HttpContext context)
    {
        User user = await FindAsync(id, users, context);
        bool isSelf = Session.IdOf(context.User) == user.Id;
        if (!isSelf && Session.RoleOf(context.User) != UserRole.Superuser)
        {
            throw ApiException.Detail(StatusCodes.Status403Forbidden, "You can change only yourself; changing other users needs role superuser.");
        }

        using JsonBody body = await JsonBody.ReadAsync(context);
        string? password = ReadPassword(body);
        string? email = body.Text("email", MaxEmail);
        UserRole? role = ReadRole(body);
        body.Has("id");
        if (body.Text("username") is { } name && name != user.Name)
        {
            body.Problem("username", "cannot be changed");
        }

        if (role is { } wanted && wanted != user.Role && Session.RoleOf(context.User) != UserRole.Superuser)
        {
            throw ApiException.Detail(StatusCodes.Status403Forbidden, "Changing a role needs role superuser.");
        }

        body.Check();
        if ((email ?? user.Email) != user.Email || (role ?? user.Role) != user.Role)
        {
            UserRole before = user.Role;
            user = await users.UpdateAsync(user.Id, email ?? user.Email, role ?? user.Role, context.RequestAborted) ?? throw NotFound(id);
            await context.NoteAccountAsync("user.change", user.Name, before == user.Role ? "email" : $"role {before.ToName()} -> {user.Role.ToName()}");
        }

        if (password is not null)
        {
            user = await signIn.ChangePasswordAsync(user, password, context.User.Identity?.Name, context.Connection.RemoteIpAddress, context.RequestAborted) ?? throw NotFound(id);
            if (isSelf && Session.IsCookie(context.User))
            {
                await Session.SignInAsync(context, user);
            }
        }

        return CalamariEndpoints.Json(Of(user), ApiJson.Readable.UserResource);
    }

    private static async Task<IResult> DeleteAsync(string id, IUserStore users, HttpContext context)
    {
        User user = await FindAsync(id, users, context);
        if (Session.IdOf(context.User) == user.Id)
        {
            throw ApiException.Conflict("You cannot remove yourself");
        }

        if (!await users.DeleteAsync(user.Id, context.RequestAborted))
        {
            throw NotFound(id);
        }

        await context.NoteAccountAsync("user.delete", user.Name, $"role {user.Role.ToName()}");
        return Results.NoContent();
    }

    private static async Task<User> FindAsync(string id, IUserStore users, HttpContext context)
    {
        UserId? number = id == "me" ? Session.IdOf(context.User)
            : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? new UserId(value) : null;
        return (number is { } known ? await users.FindAsync(known, context.RequestAborted) : null) ?? throw NotFound(id);
    }

    private static string? ReadPassword(JsonBody body)
    {
        string? password = body.Text("password", PasswordHashing.MaxLength);
        if (password?.Length < SignInService.MinLength)
        {
            body.Problem("password", $"must have {SignInService.MinLength} characters or more");
        }

        return password;
    }

    private static UserRole? ReadRole(JsonBody body)
    {
        if (body.Text("role") is not { } text)
        {
            return null;
        }

        if (!UserRoleNames.TryParse(text, out UserRole role))
        {
            body.Problem("role", "must be readonly, read/write or superuser");
        }

        return role;
    }

    private static UserResource Of(User user) => new(user.Id.Value, user.Name, user.Email, user.Role.ToName());

    private static ApiException NotFound(string id) => ApiException.NotFound($"User '{(id.Length > 40 ? id[..40] : id)}' not found");
}
