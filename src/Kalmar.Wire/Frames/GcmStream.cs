using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kalmar.Wire.Frames;

/// <summary>
/// One direction of a secure connection: AES-128-GCM with 16-byte tags, without associated data. The 12-byte nonce is a u32 that stays and
/// a u64 that goes up by one with each operation.
/// </summary>
internal sealed class GcmStream : IDisposable
{
    public const int TagSize = 16;
    private const int KeySize = 16;
    private const int NonceSize = 12;

    private readonly AesGcm _aes;
    private readonly byte[] _nonce;
    private ulong _counter;

    private GcmStream(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        _aes = new AesGcm(key, TagSize);
        _nonce = nonce.ToArray();
        _counter = BinaryPrimitives.ReadUInt64LittleEndian(nonce[4..]);
    }

    /// <summary>Cuts key and nonce out of the connection secret (key, what the server sends under, what the client sends under).</summary>
    public static GcmStream Create(ReadOnlySpan<byte> connectionSecret, bool sentByServer)
    {
        if (connectionSecret.Length < KeySize + (2 * NonceSize))
        {
            throw new CephProtocolException($"connection secret of {connectionSecret.Length} bytes, at least 40 are needed for secure mode");
        }

        int at = sentByServer ? KeySize : KeySize + NonceSize;
        return new GcmStream(connectionSecret[..KeySize], connectionSecret.Slice(at, NonceSize));
    }

    /// <summary>Seals <paramref name="text"/> in place and writes its tag.</summary>
    public void Seal(Span<byte> text, Span<byte> tag)
    {
        _aes.Encrypt(_nonce, text, text, tag);
        Step();
    }

    /// <summary>Opens <paramref name="text"/> in place.</summary>
    public void Open(Span<byte> text, ReadOnlySpan<byte> tag)
    {
        try
        {
            _aes.Decrypt(_nonce, text, tag, text);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CephProtocolException("secure frame: the authentication tag does not match", e);
        }

        Step();
    }

    public void Dispose() => _aes.Dispose();

    private void Step() => BinaryPrimitives.WriteUInt64LittleEndian(_nonce.AsSpan(4), ++_counter);
}
