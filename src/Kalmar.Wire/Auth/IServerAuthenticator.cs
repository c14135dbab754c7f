namespace Kalmar.Wire.Auth;

/// <summary>The server's side of one authentication on one connection, free of I/O. One instance serves one attempt.</summary>
public interface IServerAuthenticator
{
    /// <summary>Answers AUTH_REQUEST or AUTH_REQUEST_MORE.</summary>
    /// <param name="method">The method of the request.</param>
    /// <param name="mode">The connection mode that the messenger chose from the client's list.</param>
    /// <param name="payload">The method's payload.</param>
    /// <returns>More to ask for, or done.</returns>
    /// <exception cref="CephAuthenticationException">Refused; the messenger answers AUTH_BAD_METHOD with its errno and closes.</exception>
    /// <exception cref="CephProtocolException">The payload makes no sense.</exception>
    ServerAuthStep Handle(AuthMethod method, ConnectionMode mode, ReadOnlySpan<byte> payload);
}
