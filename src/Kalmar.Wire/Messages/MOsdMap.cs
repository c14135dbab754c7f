namespace Kalmar.Wire.Messages;

/// <summary>
/// From a monitor or an OSD: uuid, map&lt;u32 epoch, blob&gt; incrementals, map&lt;u32 epoch, blob&gt; full maps, u32 oldest, u32 newest,
/// map of removed snapshots in a gap (never filled today, not kept).
/// </summary>
/// <param name="Fsid">The cluster.</param>
/// <param name="Incrementals">Encoded OSDMap::Incremental by the epoch that each one makes.</param>
/// <param name="FullMaps">Encoded OSDMap by epoch.</param>
/// <param name="Oldest">The oldest epoch that the sender still has.</param>
/// <param name="Newest">The newest epoch that the sender has.</param>
public sealed record MOsdMap(
    Guid Fsid,
    IReadOnlyDictionary<Epoch, ReadOnlyMemory<byte>> Incrementals,
    IReadOnlyDictionary<Epoch, ReadOnlyMemory<byte>> FullMaps,
    Epoch Oldest,
    Epoch Newest)
    : IMessage<MOsdMap>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.OsdMap;

    /// <inheritdoc/>
    public static ushort WireVersion => 4;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 3;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MOsdMap Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        Guid fsid = reader.ReadUuid();
        Dictionary<Epoch, ReadOnlyMemory<byte>> incrementals = ReadMaps(message, ref reader);
        Dictionary<Epoch, ReadOnlyMemory<byte>> full = ReadMaps(message, ref reader);
        bool bounds = message.Version >= 2;
        var oldest = new Epoch(bounds ? reader.ReadU32() : 0);
        return new MOsdMap(fsid, incrementals, full, oldest, new Epoch(bounds ? reader.ReadU32() : 0));
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteUuid(Fsid);
        WriteMaps(writer, Incrementals);
        WriteMaps(writer, FullMaps);
        writer.WriteU32(Oldest.Value);
        writer.WriteU32(Newest.Value);
        writer.WriteU32(0);
    }

    private static Dictionary<Epoch, ReadOnlyMemory<byte>> ReadMaps(RawMessage message, ref WireReader reader)
    {
        int count = reader.ReadCount(8);
        var maps = new Dictionary<Epoch, ReadOnlyMemory<byte>>(count);
        for (int i = 0; i < count; i++)
        {
            var epoch = new Epoch(reader.ReadU32());
            maps[epoch] = message.ReadBlob(ref reader);
        }

        return maps;
    }

    private static void WriteMaps(WireWriter writer, IReadOnlyDictionary<Epoch, ReadOnlyMemory<byte>> maps)
    {
        KeyValuePair<Epoch, ReadOnlyMemory<byte>>[] sorted = [.. maps];
        Array.Sort(sorted, static (a, b) => a.Key.CompareTo(b.Key));
        writer.WriteMap(sorted, static (w, k) => w.WriteU32(k.Value), static (w, v) => w.WriteBlob(v.Span));
    }
}
