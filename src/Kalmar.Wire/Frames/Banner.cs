namespace Kalmar.Wire.Frames;

/// <summary>
/// What both ends send first, without waiting: 8 bytes <c>ceph v2\n</c>, u16 length of the rest (16), u64 supported and u64 required
/// features of the messenger.
/// </summary>
/// <param name="Supported">What the sender can do.</param>
/// <param name="Required">What the peer must be able to do.</param>
public sealed record Banner(ulong Supported, ulong Required) : IWireEncodable<Banner>
{
    /// <summary>Messenger 2.1: the frames that this library reads and writes.</summary>
    public const ulong Revision1 = 1;

    /// <summary>Compression (Quincy and later); not spoken here.</summary>
    public const ulong Compression = 2;

    /// <summary>Bytes of a banner as everybody sends it.</summary>
    public const int Size = 26;

    /// <summary>Bytes up to where the length of the rest is known.</summary>
    public const int PrefixSize = 10;

    private const int PayloadSize = 16;

    /// <summary>What this library says.</summary>
    public static Banner Ours { get; } = new(Revision1, 0);

    /// <summary>The eight bytes at the start.</summary>
    public static ReadOnlySpan<byte> Magic => "ceph v2\n"u8;

    /// <inheritdoc/>
    public static Banner Read(ref WireReader reader)
    {
        if (!reader.ReadBytes(8).SequenceEqual(Magic))
        {
            throw new CephProtocolException("banner: the peer does not speak messenger 2 (is this the port of the old messenger, 6789?)");
        }

        ushort length = reader.ReadU16();
        if (length != PayloadSize)
        {
            throw reader.Error($"banner with a payload of {length} bytes, {PayloadSize} expected");
        }

        return new Banner(reader.ReadU64(), reader.ReadU64());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBytes(Magic);
        writer.WriteU16(PayloadSize);
        writer.WriteU64(Supported);
        writer.WriteU64(Required);
    }
}
