namespace Kalmar.Wire.Frames;

/// <summary>Server: u64 features that the client lacks.</summary>
/// <param name="Missing">The bits.</param>
public sealed record IdentMissingFeaturesFrame(ulong Missing) : IControlFrame<IdentMissingFeaturesFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.IdentMissingFeatures;

    /// <inheritdoc/>
    public static IdentMissingFeaturesFrame Read(ref WireReader reader) => new(reader.ReadU64());

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU64(Missing);
    }
}
