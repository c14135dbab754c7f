namespace Kalmar.Wire.Messages;

/// <summary>
/// From a monitor to who subscribed to <c>kv:PREFIX</c> (Pacific and later): u64 version, string prefix, bool incremental,
/// map&lt;string key, optional&lt;blob&gt;&gt;.
/// </summary>
/// <param name="KvVersion">The version of the monitors' key-value store.</param>
/// <param name="Prefix">What was subscribed to.</param>
/// <param name="IsIncremental">False when the whole prefix is here.</param>
/// <param name="Values">Values by key; null for a key that was removed.</param>
public sealed record MKvData(
    ulong KvVersion, string Prefix, bool IsIncremental, IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> Values) : IMessage<MKvData>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.KvData;

    /// <inheritdoc/>
    public static ushort WireVersion => 1;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MKvData Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        ulong version = reader.ReadU64();
        string prefix = reader.ReadString();
        bool incremental = reader.ReadBool();
        int count = reader.ReadCount(5);
        var values = new Dictionary<string, ReadOnlyMemory<byte>?>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            string key = reader.ReadString();
            values[key] = reader.ReadBool() ? message.ReadBlob(ref reader) : default(ReadOnlyMemory<byte>?);
        }

        return new MKvData(version, prefix, incremental, values);
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(KvVersion);
        writer.WriteString(Prefix);
        writer.WriteBool(IsIncremental);
        KeyValuePair<string, ReadOnlyMemory<byte>?>[] sorted = [.. Values];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        writer.WriteMap(sorted, static (w, k) => w.WriteString(k), static (w, v) =>
        {
            w.WriteBool(v.HasValue);
            if (v is { } value)
            {
                w.WriteBlob(value.Span);
            }
        });
    }
}
