using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>
/// cephx's envelope: <c>encrypt(u8 1, u64 magic, content)</c>. The magic shows that the right key opened it; with an Aes128 key nothing else
/// does. A "seal blob" on the wire is a u32 length and this.
/// </summary>
internal static class CephxSeal
{
    private const ulong Magic = 0xff009cad8826aa55;
    private const int HeaderLength = 9;

    public static byte[] Seal<T>(CephKey key, CephxKeyUsage usage, T content)
        where T : IWireEncodable<T> => Seal(key, usage, content.Write);

    public static byte[] Seal(CephKey key, CephxKeyUsage usage, Action<WireWriter> content)
    {
        var writer = new WireWriter();
        writer.WriteU8(1);
        writer.WriteU64(Magic);
        content(writer);
        return key.Encrypt(usage, writer.WrittenSpan);
    }

    /// <summary>Opens an envelope; null when this key did not close it.</summary>
    public static byte[]? TryUnseal(CephKey key, CephxKeyUsage usage, ReadOnlySpan<byte> sealedBytes)
    {
        byte[]? plain = key.TryDecrypt(usage, sealedBytes);
        if (plain is null || plain.Length < HeaderLength)
        {
            return null;
        }

        var reader = new WireReader(plain, "cephx envelope");
        reader.Skip(1);
        if (reader.ReadU64() != Magic)
        {
            return null;
        }

        byte[] content = plain[HeaderLength..];
        CryptographicOperations.ZeroMemory(plain);
        return content;
    }

    /// <summary>Opens an envelope that the other end must have closed with this key.</summary>
    /// <exception cref="CephAuthenticationException">It did not.</exception>
    public static byte[] Unseal(CephKey key, CephxKeyUsage usage, ReadOnlySpan<byte> sealedBytes, string what) =>
        TryUnseal(key, usage, sealedBytes)
        ?? throw new CephAuthenticationException(Errno.AccessDenied, $"cephx: {what} was not sealed with the key that both ends should share");

    /// <summary>Opens an envelope and reads what is in it. Bytes left over belong to newer releases.</summary>
    public static T Unseal<T>(CephKey key, CephxKeyUsage usage, ReadOnlySpan<byte> sealedBytes, string what)
        where T : IWireEncodable<T>
    {
        byte[] content = Unseal(key, usage, sealedBytes, what);
        var reader = new WireReader(content, what);
        T value = T.Read(ref reader);
        CryptographicOperations.ZeroMemory(content);
        return value;
    }
}
