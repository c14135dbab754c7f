using Kalmar.Manager.State;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Kalmar.Server.Security;

/// <summary>
/// Hashes and checks passwords: ASP.NET Core Identity's format 3 (PBKDF2, HMAC-SHA512, 128-bit salt) with 210,000 rounds (<see cref="KalmarServerOptions.PasswordIterations"/>). Hashing is
/// made to be slow, so only a few run at once and only so many may wait: a flood of attempts does not take the processor from the rest.
/// </summary>
internal sealed class PasswordHashing : IDisposable
{
    /// <summary>The longest password that is looked at.</summary>
    public const int MaxLength = 1024;

    private const int MaxWaiting = 64;

    private readonly PasswordHasher<User> _hasher;
    private readonly SemaphoreSlim _running = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lazy<string> _nobody;
    private int _waiting;

    /// <summary>Hashing with the rounds that the options ask for.</summary>
    public PasswordHashing(KalmarServerOptions options)
    {
        _hasher = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
        _nobody = new Lazy<string>(() => _hasher.HashPassword(null!, Guid.NewGuid().ToString()));
    }

    /// <summary>A hash that no password fits, to be checked against when there is no such user, so that both take the same time.</summary>
    public string Nobody => _nobody.Value;

    /// <summary>Hashes a password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Gives up while waiting for its turn.</param>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            return _hasher.HashPassword(null!, password);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <summary>Checks a password.</summary>
    /// <param name="hash">The stored hash.</param>
    /// <param name="password">What was typed.</param>
    /// <param name="cancellationToken">Gives up while waiting for its turn.</param>
    /// <returns>The verification's result; null when too many wait already.</returns>
    /// <exception cref="FormatException">The stored hash is damaged.</exception>
    public async Task<PasswordVerificationResult?> VerifyAsync(string hash, string password, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _running.WaitAsync(cancellationToken);
            try
            {
                return _hasher.VerifyHashedPassword(null!, hash, password);
            }
            finally
            {
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _running.Dispose();
}
