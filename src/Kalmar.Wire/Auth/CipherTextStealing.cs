using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>
/// AES-CBC with ciphertext stealing, variant CS3 (NIST SP 800-38A addendum), zero initial vector: the last two blocks change places, always,
/// and the ciphertext is as long as the plaintext. One single block is plain CBC.
/// </summary>
internal static class CipherTextStealing
{
    private const int Block = 16;

    /// <summary>Encrypts at least one block.</summary>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plaintext.Length, Block);
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        int blocks = (plaintext.Length + Block - 1) / Block;
        byte[] padded = new byte[blocks * Block];
        plaintext.CopyTo(padded);
        byte[] chained = aes.EncryptCbc(padded, stackalloc byte[Block], PaddingMode.None);
        CryptographicOperations.ZeroMemory(padded);
        if (blocks == 1)
        {
            chained.CopyTo(ciphertext);
            return;
        }

        int head = (blocks - 2) * Block;
        chained.AsSpan(0, head).CopyTo(ciphertext);
        chained.AsSpan(head + Block, Block).CopyTo(ciphertext[head..]);
        chained.AsSpan(head, plaintext.Length - head - Block).CopyTo(ciphertext[(head + Block)..]);
    }

    /// <summary>Decrypts at least one block.</summary>
    public static void Decrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ciphertext, Span<byte> plaintext)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ciphertext.Length, Block);
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        int blocks = (ciphertext.Length + Block - 1) / Block;
        byte[] chained = new byte[blocks * Block];
        if (blocks == 1)
        {
            ciphertext.CopyTo(chained);
        }
        else
        {
            int head = (blocks - 2) * Block;
            int tail = ciphertext.Length - head - Block;
            ciphertext[..head].CopyTo(chained);
            ReadOnlySpan<byte> last = ciphertext.Slice(head, Block);

            // The bytes that were stolen come back from the last block: it decrypts to (padded tail xor the block before it).
            Span<byte> opened = stackalloc byte[Block];
            aes.DecryptEcb(last, opened, PaddingMode.None);
            ciphertext[(head + Block)..].CopyTo(chained.AsSpan(head));
            opened[tail..].CopyTo(chained.AsSpan(head + tail));
            last.CopyTo(chained.AsSpan(head + Block));
        }

        byte[] padded = aes.DecryptCbc(chained, stackalloc byte[Block], PaddingMode.None);
        padded.AsSpan(0, plaintext.Length).CopyTo(plaintext);
        CryptographicOperations.ZeroMemory(padded);
    }
}
