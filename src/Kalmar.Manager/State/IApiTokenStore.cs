namespace Kalmar.Manager.State;

/// <summary>Keeps API tokens. Everything throws <see cref="StateStoreException"/> when the store cannot be read or written. Thread-safe.</summary>
public interface IApiTokenStore
{
    /// <summary>Makes a token.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="name">What its owner calls it.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="expiresAt">When it ends; null is never.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The token's record, and the token itself: to be told once.</returns>
    Task<(ApiToken Token, string Secret)> CreateAsync(UserId user, string name, UserRole role, DateTimeOffset? expiresAt, CancellationToken cancellationToken);

    /// <summary>The tokens of a user by number; ended ones too.</summary>
    /// <param name="user">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<ApiToken>> ListAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Who has this token; null when there is none, it has expired, or its user is gone.</summary>
    /// <param name="secret">The token as it was sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<(User User, ApiToken Token)?> AuthenticateAsync(string secret, CancellationToken cancellationToken);

    /// <summary>Removes a token; it is worth nothing from now on.</summary>
    /// <param name="user">Whose it is.</param>
    /// <param name="id">The number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the user has no such token.</returns>
    Task<bool> DeleteAsync(UserId user, long id, CancellationToken cancellationToken);
}
