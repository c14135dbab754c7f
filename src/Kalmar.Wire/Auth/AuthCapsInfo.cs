namespace Kalmar.Wire.Auth;

/// <summary>What a ticket allows at its service, Ceph's AuthCapsInfo: u8 1, u8 allow_all, blob caps.</summary>
/// <param name="AllowAll">Everything is allowed, whatever the caps say.</param>
/// <param name="Caps">The caps, an encoded string, or empty.</param>
public sealed record AuthCapsInfo(bool AllowAll, ReadOnlyMemory<byte> Caps) : IWireEncodable<AuthCapsInfo>
{
    /// <summary>Nothing is allowed.</summary>
    public static AuthCapsInfo Nothing { get; } = new(false, ReadOnlyMemory<byte>.Empty);

    /// <summary>Makes the caps of their text, for example <c>allow profile osd</c>.</summary>
    /// <param name="text">The text.</param>
    public static AuthCapsInfo FromText(string text)
    {
        var writer = new WireWriter();
        writer.WriteString(text);
        return new AuthCapsInfo(false, writer.ToArray());
    }

    /// <summary>The caps as text; empty when there are none.</summary>
    /// <exception cref="CephProtocolException">They are not an encoded string.</exception>
    public string ToText()
    {
        if (Caps.IsEmpty)
        {
            return "";
        }

        var reader = new WireReader(Caps.Span, "caps");
        return reader.ReadString();
    }

    /// <inheritdoc/>
    public static AuthCapsInfo Read(ref WireReader reader)
    {
        reader.ReadVersion("AuthCapsInfo", 1);
        return new AuthCapsInfo(reader.ReadBool(), reader.ReadBlob().ToArray());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU8(1);
        writer.WriteBool(AllowAll);
        writer.WriteBlob(Caps.Span);
    }

    /// <inheritdoc/>
    public bool Equals(AuthCapsInfo? other) => other is not null && AllowAll == other.AllowAll && Caps.Span.SequenceEqual(other.Caps.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(AllowAll, Caps.Length);
}
