using System.Security.Cryptography;

namespace Kalmar.Rados.Messenger;

/// <summary>AUTH_SIGNATURE: HMAC-SHA256 under the session key over all that was received; 32 zero bytes when there is no key.</summary>
internal static class HandshakeSignature
{
    public static byte[] Compute(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> bytes) =>
        sessionKey.IsEmpty ? new byte[HMACSHA256.HashSizeInBytes] : HMACSHA256.HashData(sessionKey, bytes);
}
