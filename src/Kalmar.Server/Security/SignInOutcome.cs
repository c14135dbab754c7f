using Kalmar.Manager.State;

namespace Kalmar.Server.Security;

/// <summary>How an attempt to sign in ended.</summary>
/// <param name="Result">The result.</param>
/// <param name="User">Who signed in, when accepted.</param>
/// <param name="RetryAfter">For how long no attempt is looked at, when it is <see cref="SignInResult.Wait"/>.</param>
internal readonly record struct SignInOutcome(SignInResult Result, User? User, TimeSpan RetryAfter)
{
    /// <summary>Accepted.</summary>
    public static SignInOutcome Accept(User user) => new(SignInResult.Accepted, user, TimeSpan.Zero);

    /// <summary>Name or password is wrong.</summary>
    public static SignInOutcome Refused { get; } = new(SignInResult.Refused, null, TimeSpan.Zero);

    /// <summary>Come back later.</summary>
    public static SignInOutcome Wait(TimeSpan retryAfter) => new(SignInResult.Wait, null, retryAfter);
}
