namespace Kalmar.Wire.Frames;

/// <summary>
/// One frame without its protection. Control frames have their payload in <paramref name="Segment0"/>; a message has its header there,
/// then front, middle and data. A class: what awaits and queues it is then code that the runtime brings compiled, which a short-lived
/// program would otherwise compile at its start.
/// </summary>
/// <param name="Tag">The kind.</param>
/// <param name="Segment0">Payload, or a message's header.</param>
/// <param name="Segment1">A message's front.</param>
/// <param name="Segment2">A message's middle.</param>
/// <param name="Segment3">A message's data.</param>
public sealed record Frame(
    FrameTag Tag,
    ReadOnlyMemory<byte> Segment0,
    ReadOnlyMemory<byte> Segment1 = default,
    ReadOnlyMemory<byte> Segment2 = default,
    ReadOnlyMemory<byte> Segment3 = default)
{
    /// <summary>Segments up to the last one that holds something, at least 1: what the preamble counts.</summary>
    public int SegmentCount => Segment3.Length > 0 ? 4 : Segment2.Length > 0 ? 3 : Segment1.Length > 0 ? 2 : 1;

    /// <summary>The segment with the given number.</summary>
    /// <param name="index">0 to 3.</param>
    public ReadOnlyMemory<byte> Segment(int index) => index switch
    {
        0 => Segment0,
        1 => Segment1,
        2 => Segment2,
        3 => Segment3,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>Makes a control frame.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <param name="payload">The payload.</param>
    public static Frame Control<T>(T payload)
        where T : IControlFrame<T>
    {
        var writer = new WireWriter(64);
        payload.Write(writer);
        return new Frame(T.Tag, writer.WrittenMemory);
    }

    /// <summary>Reads a control frame's payload. Bytes behind the known fields are passed over.</summary>
    /// <typeparam name="T">The payload's type.</typeparam>
    /// <exception cref="CephProtocolException">The tag is another one, or the payload is too short.</exception>
    public T Read<T>()
        where T : IControlFrame<T>
    {
        if (Tag != T.Tag)
        {
            throw new CephProtocolException($"frame {Tag} came where {T.Tag} was expected");
        }

        var reader = new WireReader(Segment0.Span, T.Tag.ToString());
        return T.Read(ref reader);
    }
}
