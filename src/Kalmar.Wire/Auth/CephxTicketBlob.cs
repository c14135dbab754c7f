namespace Kalmar.Wire.Auth;

/// <summary>A ticket as its owner carries it, Ceph's CephXTicketBlob: u8 1, u64 secret id, blob. Only the service can open the blob.</summary>
/// <param name="SecretId">Which of the service's rotating secrets sealed the blob.</param>
/// <param name="Blob">Opaque to its owner; empty when there is no ticket.</param>
public sealed record CephxTicketBlob(ulong SecretId, ReadOnlyMemory<byte> Blob) : IWireEncodable<CephxTicketBlob>
{
    /// <summary>No ticket.</summary>
    public static CephxTicketBlob None { get; } = new(0, ReadOnlyMemory<byte>.Empty);

    /// <inheritdoc/>
    public static CephxTicketBlob Read(ref WireReader reader)
    {
        reader.ReadVersion("CephXTicketBlob", 1);
        return new CephxTicketBlob(reader.ReadU64(), reader.ReadBlob().ToArray());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        writer.WriteU64(SecretId);
        writer.WriteBlob(Blob.Span);
    }

    /// <inheritdoc/>
    public bool Equals(CephxTicketBlob? other) => other is not null && SecretId == other.SecretId && Blob.Span.SequenceEqual(other.Blob.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SecretId, Blob.Length);

    /// <summary>Which secret, and how long.</summary>
    public override string ToString() => $"ticket under secret {SecretId}, {Blob.Length} bytes";
}
