using Kalmar.Wire;

namespace Kalmar.Rados.Maps;

/// <summary>Which ciphers keys may have, in a MonMap of version 10. On the wire: u32 epoch, s32 service, vector of s32, s32 preferred.</summary>
/// <param name="Epoch">The version of the policy.</param>
/// <param name="ServiceCipher">The cipher of the services' own keys (1 AES-128, 2 AES-256).</param>
/// <param name="AllowedCiphers">The ciphers that keys may have.</param>
/// <param name="PreferredCipher">The cipher of new keys.</param>
public sealed record MonAuthPolicy(Epoch Epoch, int ServiceCipher, ValueList<int> AllowedCiphers, int PreferredCipher)
    : IWireEncodable<MonAuthPolicy>
{
    /// <inheritdoc/>
    public static MonAuthPolicy Read(ref WireReader reader) =>
        new(new Epoch(reader.ReadU32()), reader.ReadI32(), reader.ReadI32List(), reader.ReadI32());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32(Epoch.Value);
        writer.WriteI32(ServiceCipher);
        writer.WriteI32List(AllowedCiphers);
        writer.WriteI32(PreferredCipher);
    }
}
