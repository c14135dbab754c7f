namespace Kalmar.Wire.Auth;

/// <summary>
/// What the monitors keep about an entity, Ceph's EntityAuth: u8 version, u64 (once a user's number), CryptoKey key, map of service to
/// encoded caps, and from version 3 on CryptoKey pending key.
/// </summary>
/// <param name="Key">The entity's secret.</param>
/// <param name="Caps">The caps for each service (<c>mon</c>, <c>osd</c>, <c>mds</c>, <c>mgr</c>) as text.</param>
/// <param name="PendingKey">The key that is to replace <paramref name="Key"/> once it is used; empty when there is none.</param>
public sealed record EntityAuth(CephKey Key, IReadOnlyDictionary<string, string> Caps, CephKey PendingKey) : IWireEncodable<EntityAuth>
{
    private const ulong NoUserNumber = ulong.MaxValue;

    /// <inheritdoc/>
    public static EntityAuth Read(ref WireReader reader)
    {
        byte version = reader.ReadVersion("EntityAuth", 3);
        reader.Skip(8);
        var key = CephKey.Read(ref reader);
        Dictionary<string, string> caps = reader.ReadMap(
            static (ref WireReader r) => r.ReadString(),
            static (ref WireReader r) =>
            {
                WireReader nested = r.ReadNested("caps");
                return nested.ReadString();
            },
            8);
        return new EntityAuth(key, caps, version >= 3 ? CephKey.Read(ref reader) : CephKey.Empty);
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(3);
        writer.WriteU64(NoUserNumber);
        writer.Write(Key);
        KeyValuePair<string, string>[] sorted = [.. Caps.OrderBy(c => c.Key, StringComparer.Ordinal)];
        writer.WriteMap(sorted, static (w, k) => w.WriteString(k), static (w, v) => WriteCaps(w, v));
        writer.Write(PendingKey);
    }

    /// <inheritdoc/>
    public bool Equals(EntityAuth? other) =>
        other is not null && Key.Equals(other.Key) && PendingKey.Equals(other.PendingKey) && Caps.Count == other.Caps.Count
        && Caps.All(c => other.Caps.TryGetValue(c.Key, out string? text) && string.Equals(c.Value, text, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Caps.Count, PendingKey);

    private static void WriteCaps(WireWriter writer, string text)
    {
        int mark = writer.BeginNested();
        writer.WriteString(text);
        writer.EndNested(mark);
    }
}
