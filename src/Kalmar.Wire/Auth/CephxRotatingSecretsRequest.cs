namespace Kalmar.Wire.Auth;

/// <summary>
/// Fetches the rotating secrets of our own kind of service over an open session with a monitor: the payload of MAuth (u16 0x0400) and of
/// MAuthReply (u16 0x0400, s32 status, blob RotatingSecrets sealed with the entity's own secret). Only daemons get them.
/// </summary>
public static class CephxRotatingSecretsRequest
{
    /// <summary>The payload of MAuth (protocol 2).</summary>
    public static byte[] Request => [0x00, 0x04];

    /// <summary>Reads the payload of MAuthReply.</summary>
    /// <param name="payload">What the monitor sent.</param>
    /// <param name="key">Our own secret.</param>
    /// <exception cref="CephAuthenticationException">The monitor refused, or the reply is for somebody else's key.</exception>
    /// <exception cref="CephProtocolException">The payload makes no sense.</exception>
    public static RotatingSecrets ReadReply(ReadOnlySpan<byte> payload, CephKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var reader = new WireReader(payload, "rotating secrets");
        CephxReplyHeader.Read(ref reader, CephxOperation.GetRotatingSecrets, "rotating secrets (only daemons get them)");
        return CephxSeal.Unseal<RotatingSecrets>(key, CephxKeyUsage.RotatingSecrets, reader.ReadBlob(), "the rotating secrets");
    }
}
