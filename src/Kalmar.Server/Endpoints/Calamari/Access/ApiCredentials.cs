using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kalmar.Manager.State;
using Kalmar.Server.Security;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Access;

/// <summary>
/// Reads <c>Authorization: Basic</c>, <c>Bearer</c> and <c>Token</c>. A right password is remembered for a minute as a keyed hash, because
/// checking it is made to be slow; a changed password ends that at once.
/// </summary>
internal sealed class ApiCredentials(SignInService signIn, IApiTokenStore tokens, IUserStore users, TimeProvider time)
{
    /// <summary>Where a refusal waits for <see cref="AccessGate"/>: the time to wait, zero when the credentials are simply wrong.</summary>
    public const string RefusalKey = "kalmar.credentials.refused";

    private const int MaxHeader = 4096;
    private const int MaxRemembered = 1000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (UserId Id, string Stamp, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>The middleware: puts who the header names into <see cref="HttpContext.User"/>. The header wins over a cookie.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        string? header = context.Request.Headers.Authorization;
        if (!string.IsNullOrEmpty(header))
        {
            await ReadAsync(context, header);
        }

        await next(context);
    }

    private async Task ReadAsync(HttpContext context, string header)
    {
        int space = header.IndexOf(' ', StringComparison.Ordinal);
        string scheme = space < 0 ? header : header[..space];
        string value = space < 0 ? "" : header[(space + 1)..].Trim();
        bool isBasic = scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);
        if (!isBasic && !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("Token", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        context.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity());
        context.Items[RefusalKey] = TimeSpan.Zero;
        if (value.Length is 0 or > MaxHeader)
        {
            return;
        }

        if (isBasic)
        {
            await BasicAsync(context, value);
        }
        else if (await tokens.AuthenticateAsync(value, context.RequestAborted) is { } found)
        {
            context.User = Session.OfToken(found.User, found.Token.Role < found.User.Role ? found.Token.Role : found.User.Role, found.Token.Name);
            context.Items.Remove(RefusalKey);
        }
    }

    private async Task BasicAsync(HttpContext context, string value)
    {
        byte[] buffer = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, buffer, out int length))
        {
            return;
        }

        string text = Encoding.UTF8.GetString(buffer, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1)
        {
            return;
        }

        string key = Convert.ToHexString(HMACSHA256.HashData(_key, buffer.AsSpan(0, length)));
        User? user = await RememberedAsync(key, context.RequestAborted);
        if (user is null)
        {
            SignInOutcome outcome = await signIn.TryAsync(text[..colon], text[(colon + 1)..], context.Connection.RemoteIpAddress, context.RequestAborted);
            if (outcome.User is null)
            {
                context.Items[RefusalKey] = outcome.RetryAfter;
                return;
            }

            user = outcome.User;
            if (_known.Count >= MaxRemembered)
            {
                _known.Clear();
            }

            _known[key] = (user.Id, user.SecurityStamp, time.GetUtcNow() + Memory);
        }

        context.User = Session.OfBasic(user);
        context.Items.Remove(RefusalKey);
    }

    private async Task<User?> RememberedAsync(string key, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(key, out (UserId Id, string Stamp, DateTimeOffset Until) known))
        {
            return null;
        }

        User? user = known.Until > time.GetUtcNow() ? await users.FindAsync(known.Id, cancellationToken) : null;
        if (user?.SecurityStamp == known.Stamp)
        {
            return user;
        }

        _known.TryRemove(key, out _);
        return null;
    }
}
