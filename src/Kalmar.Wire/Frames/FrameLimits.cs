namespace Kalmar.Wire.Frames;

/// <summary>How large a frame may be. A longer one is refused as soon as its preamble is there, before a byte of it is kept.</summary>
public sealed record FrameLimits
{
    /// <summary>The limits of an established session.</summary>
    public static FrameLimits Default { get; } = new();

    /// <summary>The limits while the peer has not proven who it is: control frames only.</summary>
    public static FrameLimits Handshake { get; } = new() { MaxFront = 0, MaxMiddle = 0, MaxData = 0, AllowMessages = false };

    /// <summary>The longest payload of a control frame, in bytes.</summary>
    public int MaxControl { get; init; } = 64 * 1024;

    /// <summary>The longest front of a message, in bytes. Maps travel in it.</summary>
    public int MaxFront { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest middle of a message, in bytes. Nearly nothing uses it.</summary>
    public int MaxMiddle { get; init; } = 1024 * 1024;

    /// <summary>The longest data of a message, in bytes: command output, objects.</summary>
    public int MaxData { get; init; } = 128 * 1024 * 1024;

    /// <summary>False refuses MESSAGE frames altogether.</summary>
    public bool AllowMessages { get; init; } = true;
}
