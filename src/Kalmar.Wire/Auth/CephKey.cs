using System.Security.Cryptography;

namespace Kalmar.Wire.Auth;

/// <summary>
/// A secret of cephx, Ceph's CryptoKey: u16 type, utime created, u16 length, bytes. Its text form, as in keyrings, is the base64 of that.
/// The bytes never appear in <see cref="ToString"/> or in an error. Thread-safe except for <see cref="Clear"/>.
/// </summary>
public sealed class CephKey : IWireEncodable<CephKey>, IEquatable<CephKey>
{
    private readonly byte[] _secret;
    private bool _cleared;

    /// <summary>Makes a key of given bytes, which are copied.</summary>
    /// <param name="type">What the key is for.</param>
    /// <param name="created">When it was made.</param>
    /// <param name="secret">The bytes: none, 16 or 32, as the type wants.</param>
    /// <exception cref="ArgumentException">The length does not fit the type, or the type is unknown.</exception>
    public CephKey(CephKeyType type, Utime created, ReadOnlySpan<byte> secret)
    {
        if (LengthOf(type) != secret.Length)
        {
            throw new ArgumentException($"a key of type {(int)type} cannot have {secret.Length} bytes", nameof(secret));
        }

        Type = type;
        Created = created;
        _secret = secret.ToArray();
    }

    /// <summary>No key.</summary>
    public static CephKey Empty { get; } = new(CephKeyType.None, default, []);

    /// <summary>What the key is for.</summary>
    public CephKeyType Type { get; }

    /// <summary>When it was made.</summary>
    public Utime Created { get; }

    /// <summary>True for a key of type <see cref="CephKeyType.None"/>.</summary>
    public bool IsEmpty => Type == CephKeyType.None;

    /// <summary>The bytes; for the signatures of the messenger. Not to be kept, shown or logged.</summary>
    /// <exception cref="ObjectDisposedException">The key was cleared.</exception>
    public ReadOnlyMemory<byte> Secret
    {
        get
        {
            ObjectDisposedException.ThrowIf(_cleared, this);
            return _secret;
        }
    }

    /// <summary>Makes a new random key.</summary>
    /// <param name="type">Which kind.</param>
    /// <param name="timeProvider">Tells when it was made.</param>
    public static CephKey Generate(CephKeyType type, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        Span<byte> secret = stackalloc byte[LengthOf(type) ?? throw new ArgumentOutOfRangeException(nameof(type))];
        RandomNumberGenerator.Fill(secret);
        var key = new CephKey(type, Utime.From(timeProvider.GetUtcNow()), secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>Reads the text form, base64 as in keyrings. White space around it is passed over.</summary>
    /// <param name="text">For example what <c>ceph auth print-key</c> prints.</param>
    /// <exception cref="FormatException">It is not base64, or no key lies in it. The message does not repeat the text.</exception>
    public static CephKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        byte[] bytes = new byte[trimmed.Length];
        if (trimmed.Length == 0 || !Convert.TryFromBase64String(trimmed, bytes, out int length))
        {
            throw new FormatException("the key is not base64 (a cephx key is one line that starts with AQ or Ag, often 40 characters long)");
        }

        try
        {
            var reader = new WireReader(bytes.AsSpan(0, length), "CryptoKey");
            CephKey key = Read(ref reader);
            return !key.IsEmpty && reader.IsAtEnd
                ? key
                : throw new FormatException("the base64 text does not hold a cephx key: it is empty or has bytes left over");
        }
        catch (CephProtocolException e)
        {
            throw new FormatException($"the base64 text does not hold a cephx key: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <inheritdoc/>
    public static CephKey Read(ref WireReader reader)
    {
        ushort type = reader.ReadU16();
        Utime created = Utime.Read(ref reader);
        ushort length = reader.ReadU16();
        return LengthOf((CephKeyType)type) switch
        {
            null => throw reader.Error($"unknown CryptoKey type {type}"),
            { } expected when expected != length => throw reader.Error($"CryptoKey of type {type} with {length} bytes, {expected} expected"),
            _ => new CephKey((CephKeyType)type, created, reader.ReadBytes(length)),
        };
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU16((ushort)Type);
        writer.Write(Created);
        writer.WriteU16((ushort)_secret.Length);
        writer.WriteBytes(Secret.Span);
    }

    /// <summary>The text form for a keyring. It is the secret: never to be logged.</summary>
    public string ToBase64()
    {
        var writer = new WireWriter(64);
        Write(writer);
        return Convert.ToBase64String(writer.WrittenSpan);
    }

    /// <summary>Overwrites the bytes. The key cannot be used any more.</summary>
    public void Clear()
    {
        _cleared = !IsEmpty;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <inheritdoc/>
    public bool Equals(CephKey? other) =>
        other is not null && Type == other.Type && Created == other.Created && CryptographicOperations.FixedTimeEquals(_secret, other._secret);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CephKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Created);

    /// <summary>The kind of key; never the key.</summary>
    public override string ToString() => $"CephKey({Type})";

    /// <summary>Encrypts under this key.</summary>
    /// <param name="usage">What for; only Aes256k keys make a difference.</param>
    /// <param name="plaintext">What to encrypt.</param>
    /// <exception cref="InvalidOperationException">The key is empty.</exception>
    internal byte[] Encrypt(CephxKeyUsage usage, ReadOnlySpan<byte> plaintext) => Type switch
    {
        CephKeyType.Aes128 => Aes128Cipher.Encrypt(Secret.Span, plaintext),
        CephKeyType.Aes256k => Aes256kCipher.Encrypt(Secret.Span, usage, plaintext),
        _ => throw new InvalidOperationException("an empty key encrypts nothing"),
    };

    /// <summary>Decrypts what <see cref="Encrypt"/> made; null when it was not made with this key and usage, or was altered.</summary>
    /// <param name="usage">What for.</param>
    /// <param name="ciphertext">What to decrypt.</param>
    internal byte[]? TryDecrypt(CephxKeyUsage usage, ReadOnlySpan<byte> ciphertext) => Type switch
    {
        CephKeyType.Aes128 => Aes128Cipher.TryDecrypt(Secret.Span, ciphertext),
        CephKeyType.Aes256k => Aes256kCipher.TryDecrypt(Secret.Span, usage, ciphertext),
        _ => null,
    };

    private static int? LengthOf(CephKeyType type) => type switch
    {
        CephKeyType.None => 0,
        CephKeyType.Aes128 => 16,
        CephKeyType.Aes256k => 32,
        _ => null,
    };
}
