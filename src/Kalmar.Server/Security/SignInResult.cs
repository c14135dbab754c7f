namespace Kalmar.Server.Security;

/// <summary>How an attempt to sign in ended.</summary>
internal enum SignInResult
{
    /// <summary>Name and password fit.</summary>
    Accepted,

    /// <summary>They don't, or there is no such user: the two look alike from outside.</summary>
    Refused,

    /// <summary>Too many failures: the password was not even looked at.</summary>
    Wait,
}
