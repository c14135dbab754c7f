using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Frames;

/// <summary>Server: u64 global id, u32 mode, blob payload of the method.</summary>
/// <param name="GlobalId">The client's global id from now on.</param>
/// <param name="Mode">The mode that the server chose from the client's list.</param>
/// <param name="Payload">The method's last payload.</param>
public sealed record AuthDoneFrame(ulong GlobalId, ConnectionMode Mode, ReadOnlyMemory<byte> Payload) : IControlFrame<AuthDoneFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.AuthDone;

    /// <inheritdoc/>
    public static AuthDoneFrame Read(ref WireReader reader) => new(
        reader.ReadU64(),
        (ConnectionMode)reader.ReadU32(),
        reader.ReadBlob().ToArray());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(GlobalId);
        writer.WriteU32((uint)Mode);
        writer.WriteBlob(Payload.Span);
    }
}
