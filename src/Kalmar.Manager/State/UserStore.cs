using System.Security.Cryptography;
using Dapper;

namespace Kalmar.Manager.State;

/// <summary>Users in table <c>users</c>.</summary>
internal sealed class UserStore(StateDatabase database, TimeProvider time) : IUserStore
{
    private const string Columns =
        "id AS Id, name AS Name, email AS Email, role AS Role, password_hash AS PasswordHash, security_stamp AS SecurityStamp, "
        + "created_at AS CreatedAt, password_changed_at AS PasswordChangedAt, last_sign_in_at AS LastSignInAt, "
        + "failed_sign_ins AS FailedSignIns, locked_until AS LockedUntil";

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
        string name = CheckName(user.Name, nameof(user));

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
        ExecuteAsync("UPDATE users SET last_sign_in_at = @Now, failed_sign_ins = 0, locked_until = NULL WHERE id = @Id", new { Id = id.Value, Now }, cancellationToken);

    /// <inheritdoc/>
    public Task<User?> NoteFailureAsync(UserId id, int lockAt, TimeSpan lockFor, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lockAt, 1);
        return OneAsync(
            "UPDATE users SET failed_sign_ins = failed_sign_ins + 1, "
            + "locked_until = CASE WHEN failed_sign_ins + 1 >= @LockAt THEN CAST(@Until AS BIGINT) ELSE locked_until END "
            + $"WHERE id = @Id RETURNING {Columns}",
            new { Id = id.Value, LockAt = lockAt, Until = (time.GetUtcNow() + lockFor).ToUnixTimeMilliseconds() },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<User?> UnlockAsync(UserId id, CancellationToken cancellationToken) =>
        OneAsync($"UPDATE users SET failed_sign_ins = 0, locked_until = NULL WHERE id = @Id RETURNING {Columns}", new { Id = id.Value }, cancellationToken);

    /// <inheritdoc/>
    public async Task<User?> UpdateAsync(UserId id, UserChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } user)
        {
            return null;
        }

        string name = CheckName(change.Name ?? user.Name, nameof(change));
        UserRole role = change.Role ?? user.Role;
        const string Sql =
            "UPDATE users SET name = @Name, name_key = @Key, email = @Email, role = @Role, security_stamp = @Stamp "
            + "WHERE id = @Id AND NOT EXISTS (SELECT 1 FROM users AS other WHERE other.name_key = @Key AND other.id <> @Id) RETURNING " + Columns;
        object values = new
        {
            Id = id.Value,
            Name = name,
            Key = Key(name),
            Email = change.Email ?? user.Email,
            Role = role.ToName(),
            Stamp = role == user.Role ? user.SecurityStamp : NewStamp(),
        };
        return await OneAsync(Sql, values, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(UserId id, CancellationToken cancellationToken) =>
        await ExecuteAsync("DELETE FROM users WHERE id = @Id", new { Id = id.Value }, cancellationToken).ConfigureAwait(false) > 0;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string Key(string name) => name.Trim().ToUpperInvariant();

    private static string CheckName(string name, string parameter)
    {
        name = name.Trim();
        return name.Length is 0 or > User.MaxNameLength || name.Any(char.IsControl)
            ? throw new ArgumentException($"a user's name has 1 to {User.MaxNameLength} characters and no control characters", parameter)
            : name;
    }

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
