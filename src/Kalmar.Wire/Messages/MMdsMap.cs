namespace Kalmar.Wire.Messages;

/// <summary>From a monitor: uuid, u32 epoch, blob of an MDSMap, string name of the file system.</summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Epoch">The map's epoch.</param>
/// <param name="Map">The encoded MDSMap.</param>
/// <param name="FileSystem">The file system's name; empty from old daemons.</param>
public sealed record MMdsMap(Guid Fsid, Epoch Epoch, ReadOnlyMemory<byte> Map, string FileSystem) : IMessage<MMdsMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MdsMap;

    /// <inheritdoc/>
    public static ushort WireVersion => 2;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMdsMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        return new MMdsMap(reader.ReadUuid(), new Epoch(reader.ReadU32()), message.ReadBlob(ref reader), message.Version >= 2 ? reader.ReadString() : "");
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUuid(Fsid);
        writer.WriteU32(Epoch.Value);
        writer.WriteBlob(Map.Span);
        writer.WriteString(FileSystem);
    }
}
