using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>cephx's first cipher: AES-128-CBC, PKCS#7, and an initial vector that is always the same. There is no MAC.</summary>
internal static class Aes128Cipher
{
    private static ReadOnlySpan<byte> InitialVector => "cephsageyudagreg"u8;

    public static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plaintext)
    {
        using Aes aes = Aes.Create();
        aes.SetKey(key);
        return aes.EncryptCbc(plaintext, InitialVector);
    }

    public static byte[]? TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> ciphertext)
    {
        if (ciphertext.Length == 0 || ciphertext.Length % 16 != 0)
        {
            return null;
        }

        using Aes aes = Aes.Create();
        aes.SetKey(key);
        try
        {
            return aes.DecryptCbc(ciphertext, InitialVector);
        }
        catch (CryptographicException)
        {
            return null; // The padding is wrong: another key, or altered.
        }
    }
}
