namespace Kalmar.Wire.Frames;

/// <summary>Writes frames in the form in which they travel, one encoder for one direction of one connection. Not thread-safe.</summary>
public abstract class FrameEncoder
{
    /// <summary>The late status of a frame that is complete.</summary>
    private protected const byte Complete = 0x0e;

    private protected FrameEncoder()
    {
    }

    /// <summary>Appends one frame.</summary>
    /// <param name="frame">The frame; a message's header, front, middle and data, or a control frame's payload.</param>
    /// <param name="output">Where the bytes go.</param>
    public abstract void Encode(Frame frame, WireWriter output);
}
