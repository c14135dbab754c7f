namespace Kalmar.Wire.Frames;

/// <summary>The payload of a control frame.</summary>
/// <typeparam name="TSelf">The payload itself.</typeparam>
public interface IControlFrame<TSelf> : IWireEncodable<TSelf>
    where TSelf : IControlFrame<TSelf>
{
    /// <summary>The frame's kind.</summary>
    static abstract FrameTag Tag { get; }
}
