namespace Kalmar.Manager.State;

/// <summary>Keeps users. Everything throws <see cref="StateStoreException"/> when the store cannot be read or written. Thread-safe.</summary>
public interface IUserStore
{
    /// <summary>How many users there are; 0 on the first start.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>All users by name.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The user with this number; null when there is none.</summary>
    /// <param name="id">The number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<User?> FindAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>The user with this name, upper and lower case alike; null when there is none.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<User?> FindByNameAsync(string name, CancellationToken cancellationToken);

    /// <summary>Makes a user.</summary>
    /// <param name="user">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user; null when the name is taken.</returns>
    /// <exception cref="ArgumentException">The name is empty, too long or has control characters.</exception>
    Task<User?> CreateAsync(NewUser user, CancellationToken cancellationToken);

    /// <summary>Sets a new password hash and security stamp: every session of the user ends.</summary>
    /// <param name="id">Who.</param>
    /// <param name="passwordHash">The hash of the new password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user as it is now; null when there is no such user.</returns>
    Task<User?> SetPasswordAsync(UserId id, string passwordHash, CancellationToken cancellationToken);

    /// <summary>Sets a user's e-mail address and role; sessions go on with the new role.</summary>
    /// <param name="id">Who.</param>
    /// <param name="email">May be empty.</param>
    /// <param name="role">What the user may do from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user as it is now; null when there is no such user.</returns>
    Task<User?> UpdateAsync(UserId id, string email, UserRole role, CancellationToken cancellationToken);

    /// <summary>Replaces a hash by a stronger one of the same password; sessions go on.</summary>
    /// <param name="id">Who.</param>
    /// <param name="oldHash">The hash to be replaced; when the stored one differs by now, nothing happens.</param>
    /// <param name="newHash">The new hash.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RehashAsync(UserId id, string oldHash, string newHash, CancellationToken cancellationToken);

    /// <summary>Notes that the user signed in now.</summary>
    /// <param name="id">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task NoteSignInAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Notes a wrong password, and locks the user out when there were too many since the last right one.</summary>
    /// <param name="id">Who.</param>
    /// <param name="lockAt">From how many on.</param>
    /// <param name="lockFor">For how long from now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user as it is now; null when there is no such user.</returns>
    Task<User?> NoteFailureAsync(UserId id, int lockAt, TimeSpan lockFor, CancellationToken cancellationToken);

    /// <summary>Forgets wrong passwords and lets the user in again.</summary>
    /// <param name="id">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user as it is now; null when there is no such user.</returns>
    Task<User?> UnlockAsync(UserId id, CancellationToken cancellationToken);

    /// <summary>Changes name, e-mail or role. Another role ends the user's sessions.</summary>
    /// <param name="id">Who.</param>
    /// <param name="change">What; null leaves a value.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user as it is now; null when there is no such user, or another one has the name.</returns>
    /// <exception cref="ArgumentException">The name is empty, too long or has control characters.</exception>
    Task<User?> UpdateAsync(UserId id, UserChange change, CancellationToken cancellationToken);

    /// <summary>Removes a user; the user's sessions end.</summary>
    /// <param name="id">Who.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when there was no such user.</returns>
    Task<bool> DeleteAsync(UserId id, CancellationToken cancellationToken);
}
