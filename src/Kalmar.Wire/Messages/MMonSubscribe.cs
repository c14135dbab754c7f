namespace Kalmar.Wire.Messages;

/// <summary>
/// Client to monitor: map&lt;string name, { u64 start, u8 flags }&gt;, string host name. What was subscribed before and is not named stays
/// subscribed.
/// </summary>
/// <param name="Subscriptions">By name: monmap, osdmap, mgrmap, mgrdigest, servicemap, fsmap, config, log-info and its like, kv:PREFIX.</param>
/// <param name="HostName">The client's host, shown by <c>ceph daemon mon.x sessions</c>.</param>
public sealed record MMonSubscribe(IReadOnlyDictionary<string, SubscriptionRequest> Subscriptions, string HostName = "")
    : IMessage<MMonSubscribe>
{
    /// <inheritdoc/>
    public static MessageType WireType => MessageType.MonSubscribe;

    /// <inheritdoc/>
    public static ushort WireVersion => 3;

    /// <inheritdoc/>
    public MessageType Type => WireType;

    /// <inheritdoc/>
    public ushort Version => WireVersion;

    /// <inheritdoc/>
    public ushort CompatVersion => 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Data => default;

    /// <inheritdoc/>
    public static MMonSubscribe Read(RawMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        WireReader reader = message.ReadFront();
        Dictionary<string, SubscriptionRequest> subscriptions = reader.ReadMap(
            static (ref WireReader r) => r.ReadString(), static (ref WireReader r) => SubscriptionRequest.Read(ref r), 13);
        return new MMonSubscribe(subscriptions, message.Version >= 3 ? reader.ReadString() : "");
    }

    /// <inheritdoc/>
    public void WriteFront(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        KeyValuePair<string, SubscriptionRequest>[] sorted = [.. Subscriptions];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        writer.WriteMap(sorted, static (w, k) => w.WriteString(k), static (w, v) => v.Write(w));
        writer.WriteString(HostName);
    }
}
