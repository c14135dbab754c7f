namespace Kalmar.Wire.Messages;

/// <summary>A line of progress in <c>ceph -s</c>: string message, float, bool shown.</summary>
/// <param name="Message">What goes on.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="ShowInStatus">True when <c>ceph -s</c> shows it.</param>
public sealed record ProgressEvent(string Message, float Progress, bool ShowInStatus) : IWireEncodable<ProgressEvent>
{
    /// <inheritdoc/>
    public static ProgressEvent Read(ref WireReader reader)
    {
        WireReader body = reader.ReadStruct("ProgressEvent", 2, out _);
        return new ProgressEvent(body.ReadString(), body.ReadF32(), body.ReadBool());
    }

    /// <inheritdoc/>
    public void Write(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        int mark = writer.BeginStruct(2, 1);
        writer.WriteString(Message);
        writer.WriteF32(Progress);
        writer.WriteBool(ShowInStatus);
        writer.EndStruct(mark);
    }
}
