using System.Net;
using System.Security.Cryptography;
using Kalmar.Manager.Audit;
using Kalmar.Manager.State;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server.Security;

/// <summary>Checks names and passwords, slows guessing down, and makes the first user.</summary>
internal sealed class SignInService(IUserStore users, PasswordHashing hashing, SignInThrottle throttle, IAuditLog audit, ILogger<SignInService> logger)
{
    /// <summary>The name of the user that the first start makes.</summary>
    public const string FirstName = "admin";

    /// <summary>The shortest password that somebody may choose.</summary>
    public const int MinLength = 10;

    // Without letters and digits that look alike, since people copy it from a terminal by eye too. 20 of 55 are 115 bits.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static readonly TimeSpan Crowded = TimeSpan.FromSeconds(2);

    /// <summary>Checks a name and a password.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="address">Where the attempt comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SignInOutcome> TryAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > User.MaxNameLength || password.Length is 0 or > PasswordHashing.MaxLength)
        {
            return SignInOutcome.Refused;
        }

        TimeSpan wait = throttle.Begin(name, address);
        if (wait > TimeSpan.Zero)
        {
            ServerLog.Throttled(logger, address, (long)Math.Ceiling(wait.TotalSeconds));
            if (throttle.NoteOnce(name))
            {
                await AuditAsync("user.locked", await KnownNameAsync(name, cancellationToken), address, AuditOutcome.Refused, $"no attempt is looked at for {Math.Ceiling(wait.TotalSeconds)} s", cancellationToken);
            }

            return SignInOutcome.Wait(wait);
        }

        User? user = await users.FindByNameAsync(name, cancellationToken);
        PasswordVerificationResult? result = await VerifyAsync(user, password, cancellationToken);
        if (result is null)
        {
            throttle.Withdraw(name, address);
            return SignInOutcome.Wait(Crowded);
        }

        if (user is null || result == PasswordVerificationResult.Failed)
        {
            LogFailure(user, address);
            await AuditAsync("user.sign_in", user?.Name ?? "unknown user", address, AuditOutcome.Refused, "wrong name or password", cancellationToken);
            return SignInOutcome.Refused;
        }

        throttle.Succeeded(name, address);
        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await users.RehashAsync(user.Id, user.PasswordHash, await hashing.HashAsync(password, cancellationToken), cancellationToken);
        }

        await users.NoteSignInAsync(user.Id, cancellationToken);
        ServerLog.SignedIn(logger, user.Name, address);
        await AuditAsync("user.sign_in", user.Name, address, AuditOutcome.Succeeded, "", cancellationToken);
        return SignInOutcome.Accept(user);
    }

    /// <summary>Sets a new password.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="password">The new password, already checked for its length.</param>
    /// <param name="by">Who sets it: the user, or a superuser.</param>
    /// <param name="address">From where.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The user with the new security stamp; null when the user is gone.</returns>
    public async Task<User?> ChangePasswordAsync(User user, string password, string? by, IPAddress? address, CancellationToken cancellationToken)
    {
        User? changed = await users.SetPasswordAsync(user.Id, await hashing.HashAsync(password, cancellationToken), cancellationToken);
        if (changed is not null)
        {
            ServerLog.PasswordChanged(logger, user.Name);
            await audit.AppendAsync(new AuditEntry(by ?? "", address?.ToString() ?? "", "user.password", AuditOutcome.Succeeded, user.Name, "", ""), CancellationToken.None);
        }

        return changed;
    }

    /// <summary>Makes the administrator when there is no user at all.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The administrator with the password; null when there are users already.</returns>
    public async Task<FirstAdministrator?> EnsureAdministratorAsync(CancellationToken cancellationToken)
    {
        if (await users.CountAsync(cancellationToken) > 0)
        {
            return null;
        }

        string password = RandomNumberGenerator.GetString(Alphabet, 20);
        string hash = await hashing.HashAsync(password, cancellationToken);
        User? user = await users.CreateAsync(new NewUser(FirstName, "", UserRole.Superuser, hash), cancellationToken);
        if (user is null)
        {
            return null;
        }

        ServerLog.FirstUser(logger, user.Name);
        return new FirstAdministrator(user.Name, password);
    }

    // What somebody typed as a name may be a password: only names of users are written down.
    private async Task<string> KnownNameAsync(string name, CancellationToken cancellationToken) =>
        (await users.FindByNameAsync(name, cancellationToken))?.Name ?? "unknown user";

    private Task AuditAsync(string action, string name, IPAddress? address, AuditOutcome outcome, string detail, CancellationToken cancellationToken) =>
        audit.AppendAsync(new AuditEntry(name, address?.ToString() ?? "", action, outcome, name, "", detail), cancellationToken);

    private async Task<PasswordVerificationResult?> VerifyAsync(User? user, string password, CancellationToken cancellationToken)
    {
        try
        {
            return await hashing.VerifyAsync(user?.PasswordHash ?? hashing.Nobody, password, cancellationToken);
        }
        catch (FormatException)
        {
            ServerLog.DamagedHash(logger, user?.Name ?? "");
            return PasswordVerificationResult.Failed;
        }
    }

    private void LogFailure(User? user, IPAddress? address)
    {
        if (user is null)
        {
            ServerLog.UnknownUser(logger, address);
        }
        else
        {
            ServerLog.WrongPassword(logger, user.Name, address);
        }
    }
}
