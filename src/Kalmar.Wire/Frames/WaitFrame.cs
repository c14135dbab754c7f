namespace Kalmar.Wire.Frames;

/// <summary>Server: both ends connect at the same time; wait for mine. Empty.</summary>
public sealed record WaitFrame() : IControlFrame<WaitFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.Wait;

    /// <inheritdoc/>
    public static WaitFrame Read(ref WireReader reader) => new();

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        // An empty payload.
    }
}
