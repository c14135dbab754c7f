namespace Kalmar.Wire.Auth;

/// <summary>One of a service's secrets, Ceph's ExpiringCryptoKey: u8 1, CryptoKey, utime expiration.</summary>
/// <param name="Key">The secret.</param>
/// <param name="Expires">When it gives way to the next.</param>
public sealed record RotatingSecret(CephKey Key, Utime Expires) : IWireEncodable<RotatingSecret>
{
    /// <inheritdoc/>
    public static RotatingSecret Read(ref WireReader reader)
    {
        reader.ReadVersion("ExpiringCryptoKey", 1);
        return new RotatingSecret(CephKey.Read(ref reader), Utime.Read(ref reader));
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        writer.Write(Key);
        writer.Write(Expires);
    }
}
