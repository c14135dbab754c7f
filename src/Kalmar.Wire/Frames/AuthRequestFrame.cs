using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Frames;

/// <summary>Client: u32 method, vector of u32 modes in the order of preference, blob payload of the method.</summary>
/// <param name="Method">How it wants to prove who it is.</param>
/// <param name="Modes">Connection modes, the best liked first.</param>
/// <param name="Payload">The method's first payload.</param>
public sealed record AuthRequestFrame(
    AuthMethod Method,
    IReadOnlyList<ConnectionMode> Modes,
    ReadOnlyMemory<byte> Payload)
    : IControlFrame<AuthRequestFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.AuthRequest;

    /// <inheritdoc/>
    public static AuthRequestFrame Read(ref WireReader reader) => new(
        (AuthMethod)reader.ReadU32(),
        ModeList.Read(ref reader),
        reader.ReadBlob().ToArray());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32((uint)Method);
        ModeList.Write(writer, Modes);
        writer.WriteBlob(Payload.Span);
    }
}
