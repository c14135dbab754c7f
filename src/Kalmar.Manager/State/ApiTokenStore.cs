using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace Kalmar.Manager.State;

/// <summary>
/// Tokens in table <c>api_tokens</c>, by their SHA-256: a token has 256 random bits, so that a slow hash would add nothing.
/// </summary>
internal sealed class ApiTokenStore(StateDatabase database, IUserStore users, TimeProvider time) : IApiTokenStore
{
    private const string Prefix = "kalmar_";
    private const int SecretBytes = 32;
    private const string Columns =
        "id AS Id, user_id AS UserId, name AS Name, role AS Role, created_at AS CreatedAt, expires_at AS ExpiresAt, last_used_at AS LastUsedAt";

    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<(ApiToken Token, string Secret)> CreateAsync(
        UserId user, string name, UserRole role, DateTimeOffset? expiresAt, CancellationToken cancellationToken)
    {
        string secret = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        const string Sql =
            "INSERT INTO api_tokens (user_id, name, hash, role, created_at, expires_at) VALUES (@User, @Name, @Hash, @Role, @Now, @Expires) RETURNING " + Columns;
        object values = new { User = user.Value, Name = name, Hash = Hash(secret), Role = role.ToName(), Now, Expires = expiresAt?.ToUnixTimeMilliseconds() };
        ApiTokenRow row = await database.RunAsync(c => c.QuerySingleAsync<ApiTokenRow>(Command(Sql, values, cancellationToken)), cancellationToken).ConfigureAwait(false);
        return (row.ToToken(), secret);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiToken>> ListAsync(UserId user, CancellationToken cancellationToken)
    {
        IEnumerable<ApiTokenRow> rows = await database.RunAsync(
            c => c.QueryAsync<ApiTokenRow>(Command($"SELECT {Columns} FROM api_tokens WHERE user_id = @User ORDER BY id", new { User = user.Value }, cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToToken())];
    }

    /// <inheritdoc/>
    public async Task<(User User, ApiToken Token)?> AuthenticateAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || secret.Length != Prefix.Length + (SecretBytes * 2))
        {
            return null;
        }

        ApiTokenRow? row = await database.RunAsync(
            c => c.QuerySingleOrDefaultAsync<ApiTokenRow>(Command($"SELECT {Columns} FROM api_tokens WHERE hash = @Hash", new { Hash = Hash(secret) }, cancellationToken)),
            cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        if (row?.ToToken() is not { } token || token.ExpiresAt <= now || await users.FindAsync(token.User, cancellationToken).ConfigureAwait(false) is not { } user)
        {
            return null;
        }

        if (token.LastUsedAt is not { } used || now - used >= UseNotedEvery)
        {
            await database.RunAsync(
                c => c.ExecuteAsync(Command("UPDATE api_tokens SET last_used_at = @Now WHERE id = @Id", new { Now, row.Id }, cancellationToken)), cancellationToken).ConfigureAwait(false);
        }

        return (user, token);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(UserId user, long id, CancellationToken cancellationToken) =>
        await database.RunAsync(
            c => c.ExecuteAsync(Command("DELETE FROM api_tokens WHERE id = @Id AND user_id = @User", new { Id = id, User = user.Value }, cancellationToken)),
            cancellationToken).ConfigureAwait(false) > 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) => new(sql, values, cancellationToken: cancellationToken);
}
