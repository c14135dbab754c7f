using System.Security.Cryptography;
using Dapper;

namespace Kalmar.Manager.State;

/// <summary>Users in table <c>users</c>.</summary>
internal sealed class UserStore(StateDatabase database, TimeProvider time) : IUserStore
{
    private const string Columns =
        "id AS Id, name AS Name, email AS Email, role AS Role, password_hash AS PasswordHash, security_stamp AS SecurityStamp, "
        + "created_at AS CreatedAt, password_changed_at AS PasswordChangedAt, last_sign_in_at AS LastSignInAt";

    /// <inheritdoc/>
    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        database.RunAsync(c => c.ExecuteScalarAsync<int>(Command("SELECT COUNT(*) FROM users", null, cancellationToken)), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken)
    {
        IEnumerable<UserRow> rows = await database.RunAsync(
            c => c.QueryAsync<UserRow>(Command($"SELECT {Columns} FROM users ORDER BY name_key", null, cancellationToken)), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToUser())];
    }

    /// <inheritdoc/>
    public Task<User?> FindAsync(UserId id, CancellationToken cancellationToken) =>
        OneAsync($"SELECT {Columns} FROM users WHERE id = @Id", new { Id = id.Value }, cancellationToken);

    /// <inheritdoc/>
    public Task<User?> FindByNameAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return OneAsync($"SELECT {Columns} FROM users WHERE name_key = @Key", new { Key = Key(name) }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<User?> CreateAsync(NewUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        string name = user.Name.Trim();
        if (name.Length is 0 or > User.MaxNameLength || name.Any(char.IsControl))
        {
            throw new ArgumentException($"a user's name has 1 to {User.MaxNameLength} characters and no control characters", nameof(user));
        }

        const string Sql =
            "INSERT INTO users (name, name_key, email, role, password_hash, security_stamp, created_at, password_changed_at) "
            + "VALUES (@Name, @Key, @Email, @Role, @Hash, @Stamp, @Now, @Now) ON CONFLICT (name_key) DO NOTHING RETURNING " + Columns;
        object values = new { Name = name, Key = Key(name), user.Email, Role = user.Role.ToName(), Hash = user.PasswordHash, Stamp = NewStamp(), Now };
        return OneAsync(Sql, values, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<User?> SetPasswordAsync(UserId id, string passwordHash, CancellationToken cancellationToken) =>
        OneAsync(
            $"UPDATE users SET password_hash = @Hash, security_stamp = @Stamp, password_changed_at = @Now WHERE id = @Id RETURNING {Columns}",
            new { Id = id.Value, Hash = passwordHash, Stamp = NewStamp(), Now },
            cancellationToken);

    /// <inheritdoc/>
    public Task<User?> UpdateAsync(UserId id, string email, UserRole role, CancellationToken cancellationToken) =>
        OneAsync(
            $"UPDATE users SET email = @Email, role = @Role WHERE id = @Id RETURNING {Columns}",
            new { Id = id.Value, Email = email, Role = role.ToName() },
            cancellationToken);

    /// <inheritdoc/>
    public Task RehashAsync(UserId id, string oldHash, string newHash, CancellationToken cancellationToken) =>
        ExecuteAsync(
            "UPDATE users SET password_hash = @New WHERE id = @Id AND password_hash = @Old",
            new { Id = id.Value, Old = oldHash, New = newHash },
            cancellationToken);

    /// <inheritdoc/>
    public Task NoteSignInAsync(UserId id, CancellationToken cancellationToken) =>
        ExecuteAsync("UPDATE users SET last_sign_in_at = @Now WHERE id = @Id", new { Id = id.Value, Now }, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(UserId id, CancellationToken cancellationToken) =>
        await ExecuteAsync("DELETE FROM users WHERE id = @Id", new { Id = id.Value }, cancellationToken).ConfigureAwait(false) > 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Key(string name) => name.Trim().ToUpperInvariant();

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static CommandDefinition Command(string sql, object? values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);

    private Task<int> ExecuteAsync(string sql, object values, CancellationToken cancellationToken) =>
        database.RunAsync(c => c.ExecuteAsync(Command(sql, values, cancellationToken)), cancellationToken);

    private async Task<User?> OneAsync(string sql, object values, CancellationToken cancellationToken)
    {
        UserRow? row = await database.RunAsync(
            c => c.QuerySingleOrDefaultAsync<UserRow>(Command(sql, values, cancellationToken)), cancellationToken).ConfigureAwait(false);
        return row?.ToUser();
    }
}
