namespace Kalmar.Wire.Frames;

/// <summary>Server: I do not know that session. bool full.</summary>
/// <param name="Full">True: drop everything that belonged to it.</param>
public sealed record SessionResetFrame(bool Full) : IControlFrame<SessionResetFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.SessionReset;

    /// <inheritdoc/>
    public static SessionResetFrame Read(ref WireReader reader) => new(reader.ReadBool());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteBool(Full);
    }
}
