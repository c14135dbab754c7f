using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>How an entity proves to a monitor that it knows its secret.</summary>
internal static class CephxChallenge
{
    /// <summary>
    /// The answer to a monitor's challenge. With an Aes128 key: the xor of all whole u64 words of the encoded blob (length prefix included)
    /// that seals both challenges. With an Aes256k key, whose seals are never twice the same: the xor of the four words of an HMAC-SHA256.
    /// </summary>
    /// <param name="key">The entity's secret.</param>
    /// <param name="server">The monitor's challenge.</param>
    /// <param name="client">The client's challenge.</param>
    public static ulong Answer(CephKey key, ulong server, ulong client)
    {
        if (key.Type == CephKeyType.Aes256k)
        {
            Span<byte> both = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64LittleEndian(both, server);
            BinaryPrimitives.WriteUInt64LittleEndian(both[8..], client);
            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(key.Secret.Span, both, mac);
            return Fold(mac);
        }

        byte[] sealedBytes = CephxSeal.Seal(
            key,
            CephxKeyUsage.Authorize,
            w =>
            {
                w.WriteU64(server);
                w.WriteU64(client);
            });
        var blob = new WireWriter(sealedBytes.Length + 4);
        blob.WriteBlob(sealedBytes);
        return Fold(blob.WrittenSpan);
    }

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(ulong expected, ulong given)
    {
        Span<byte> a = stackalloc byte[8];
        Span<byte> b = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(a, expected);
        BinaryPrimitives.WriteUInt64LittleEndian(b, given);
        return CryptographicOperations.FixedTimeEquals(a, b);
    }

    /// <summary>A random u64.</summary>
    public static ulong Random()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private static ulong Fold(ReadOnlySpan<byte> bytes)
    {
        ulong folded = 0;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            folded ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }

        return folded;
    }
}
