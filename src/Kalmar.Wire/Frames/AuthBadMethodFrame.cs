using Kalmar.Wire.Auth;

namespace Kalmar.Wire.Frames;

/// <summary>Server: u32 method that was refused, s32 result, vector of u32 allowed methods, vector of u32 allowed modes.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Result">Negative errno: -13 for a wrong key, -95 for a method or mode that it does not take.</param>
/// <param name="AllowedMethods">Methods that it takes.</param>
/// <param name="AllowedModes">Modes that it takes.</param>
public sealed record AuthBadMethodFrame(
    AuthMethod Method,
    int Result,
    IReadOnlyList<AuthMethod> AllowedMethods,
    IReadOnlyList<ConnectionMode> AllowedModes)
    : IControlFrame<AuthBadMethodFrame>
{
    /// <inheritdoc/>
    public static FrameTag Tag => FrameTag.AuthBadMethod;

    /// <inheritdoc/>
    public static AuthBadMethodFrame Read(ref WireReader reader) => new(
        (AuthMethod)reader.ReadU32(),
        reader.ReadI32(),
        reader.ReadList(static (ref WireReader r) => (AuthMethod)r.ReadU32(), 4),
        ModeList.Read(ref reader));

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteU32((uint)Method);
        writer.WriteI32(Result);
        writer.WriteList(AllowedMethods, static (w, m) => w.WriteU32((uint)m));
        ModeList.Write(writer, AllowedModes);
    }
}
