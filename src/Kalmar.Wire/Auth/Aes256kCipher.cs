using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>
/// The cipher of aes256k keys: aes256-cts-hmac-sha384-192 of RFC 8009. For each usage Ke (32 bytes) and Ki (24 bytes) are derived from the
/// secret; a message is CTS(Ke, 16 random bytes ‖ plaintext) ‖ the first 24 bytes of HMAC-SHA384(Ki, 16 zero bytes ‖ ciphertext).
/// </summary>
internal static class Aes256kCipher
{
    private const int Block = 16;
    private const int MacLength = 24;
    private const byte EncryptionKind = 0xAA;
    private const byte IntegrityKind = 0x55;

    public static byte[] Encrypt(ReadOnlySpan<byte> secret, CephxKeyUsage usage, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> confounder = stackalloc byte[Block];
        RandomNumberGenerator.Fill(confounder);
        return Encrypt(secret, (int)usage, confounder, plaintext);
    }

    /// <summary>With a given confounder, so that the vectors of the RFC can be checked.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> secret, int usage, ReadOnlySpan<byte> confounder, ReadOnlySpan<byte> plaintext)
    {
        byte[] data = [.. confounder, .. plaintext];
        byte[] message = new byte[data.Length + MacLength];
        byte[] ke = Derive(secret, usage, EncryptionKind, 32);
        CipherTextStealing.Encrypt(ke, data, message);
        Mac(secret, usage, message.AsSpan(0, data.Length), message.AsSpan(data.Length));
        CryptographicOperations.ZeroMemory(data);
        CryptographicOperations.ZeroMemory(ke);
        return message;
    }

    public static byte[]? TryDecrypt(ReadOnlySpan<byte> secret, CephxKeyUsage usage, ReadOnlySpan<byte> message) =>
        TryDecrypt(secret, (int)usage, message);

    internal static byte[]? TryDecrypt(ReadOnlySpan<byte> secret, int usage, ReadOnlySpan<byte> message)
    {
        if (message.Length < Block + MacLength)
        {
            return null;
        }

        ReadOnlySpan<byte> ciphertext = message[..^MacLength];
        Span<byte> mac = stackalloc byte[MacLength];
        Mac(secret, usage, ciphertext, mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, message[^MacLength..]))
        {
            return null;
        }

        byte[] ke = Derive(secret, usage, EncryptionKind, 32);
        byte[] data = new byte[ciphertext.Length];
        CipherTextStealing.Decrypt(ke, ciphertext, data);
        byte[] plaintext = data[Block..];
        CryptographicOperations.ZeroMemory(data);
        CryptographicOperations.ZeroMemory(ke);
        return plaintext;
    }

    /// <summary>The first bytes of HMAC-SHA384(secret, BE32 1 ‖ BE32 usage ‖ kind ‖ 0 ‖ BE32 bits).</summary>
    internal static byte[] Derive(ReadOnlySpan<byte> secret, int usage, byte kind, int length)
    {
        Span<byte> label = stackalloc byte[14];
        BinaryPrimitives.WriteUInt32BigEndian(label, 1);
        BinaryPrimitives.WriteInt32BigEndian(label[4..], usage);
        label[8] = kind;
        label[9] = 0;
        BinaryPrimitives.WriteInt32BigEndian(label[10..], length * 8);
        return HMACSHA384.HashData(secret, label)[..length];
    }

    private static void Mac(ReadOnlySpan<byte> secret, int usage, ReadOnlySpan<byte> ciphertext, Span<byte> mac)
    {
        byte[] ki = Derive(secret, usage, IntegrityKind, MacLength);
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA384, ki);
        Span<byte> zero = stackalloc byte[Block];
        zero.Clear();
        hash.AppendData(zero);
        hash.AppendData(ciphertext);
        Span<byte> full = stackalloc byte[48];
        hash.GetHashAndReset(full);
        full[..MacLength].CopyTo(mac);
        CryptographicOperations.ZeroMemory(ki);
    }
}
