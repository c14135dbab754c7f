using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>The 64 bytes from which both ends of a secure connection take keys and nonces; nothing in crc mode.</summary>
internal static class ConnectionSecret
{
    public const int Length = 64;

    public static byte[] Make(ConnectionMode mode) => mode == ConnectionMode.Secure ? RandomNumberGenerator.GetBytes(Length) : [];

    /// <summary>Checks what a server sent against the mode that it chose.</summary>
    public static ReadOnlyMemory<byte> Check(ConnectionMode mode, ReadOnlyMemory<byte> secret) => mode switch
    {
        ConnectionMode.Crc => ReadOnlyMemory<byte>.Empty,
        ConnectionMode.Secure when secret.Length == Length => secret,
        ConnectionMode.Secure => throw new CephProtocolException($"cephx: connection secret of {secret.Length} bytes, {Length} expected"),
        _ => throw new CephProtocolException($"cephx: unknown connection mode {(int)mode}"),
    };
}
