namespace Kalmar.Wire.Auth;

/// <summary>
/// The client's side of one authentication on one connection, free of I/O: the messenger carries its payloads in AUTH_REQUEST,
/// AUTH_REPLY_MORE, AUTH_REQUEST_MORE and AUTH_DONE. One instance serves one attempt.
/// </summary>
public interface IClientAuthenticator
{
    /// <summary>The method to announce.</summary>
    AuthMethod Method { get; }

    /// <summary>The payload of AUTH_REQUEST.</summary>
    byte[] Begin();

    /// <summary>Answers AUTH_REPLY_MORE with the payload of AUTH_REQUEST_MORE.</summary>
    /// <param name="payload">What the server sent.</param>
    /// <exception cref="CephProtocolException">The payload makes no sense.</exception>
    byte[] Continue(ReadOnlySpan<byte> payload);

    /// <summary>Reads AUTH_DONE.</summary>
    /// <param name="globalId">The global id that the server gives.</param>
    /// <param name="mode">The connection mode that the server chose.</param>
    /// <param name="payload">The method's own part.</param>
    /// <exception cref="CephAuthenticationException">The server could not prove that it knows us.</exception>
    /// <exception cref="CephProtocolException">The payload makes no sense.</exception>
    AuthOutcome Finish(ulong globalId, ConnectionMode mode, ReadOnlySpan<byte> payload);
}
