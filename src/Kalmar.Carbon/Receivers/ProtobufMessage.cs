using System.Buffers.Binary;

namespace Kalmar.Carbon.Receivers;

/// <summary>
/// A message of Carbon's protobuf protocol, read by hand:
/// <code>
/// Payload { repeated Metric metrics = 1; }   Metric { string metric = 1; repeated Point points = 2; }
/// Point { uint32 timestamp = 1; double value = 2; }
/// </code>
/// Fields with other numbers are passed over.
/// </summary>
internal sealed class ProtobufMessage(PointGate gate, ReceiverCounters counters)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    public async ValueTask HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (!IsWhole(message.Span))
        {
            counters.BadFrame();
            return;
        }

        int done = 0;
        while (!Offer(message.Span, ref done))
        {
            counters.Pause();
            await gate.Sink.WaitForSpaceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads without passing on: a broken message gives no points at all.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> payload)
    {
        while (!payload.IsEmpty)
        {
            if (!TryField(ref payload, out int field, out int type, out _, out ReadOnlySpan<byte> metric))
            {
                return false;
            }

            while (field == 1 && type == Bytes && !metric.IsEmpty)
            {
                if (!TryField(ref metric, out int inner, out int innerType, out _, out ReadOnlySpan<byte> point))
                {
                    return false;
                }

                while (inner == 2 && innerType == Bytes && !point.IsEmpty)
                {
                    if (!TryField(ref point, out _, out _, out _, out _))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    /// <summary>Passes points on from the one numbered <paramref name="done"/>; false when the sink is full.</summary>
    private bool Offer(ReadOnlySpan<byte> payload, ref int done)
    {
        ReceiverCounters.Batch batch = default;
        int number = 0;
        try
        {
            while (TryField(ref payload, out int field, out int type, out _, out ReadOnlySpan<byte> metric))
            {
                if (field != 1 || type != Bytes)
                {
                    continue;
                }

                ReadOnlySpan<byte> name = NameOf(metric);
                while (TryField(ref metric, out int inner, out int innerType, out _, out ReadOnlySpan<byte> point))
                {
                    if (inner != 2 || innerType != Bytes || number++ < done)
                    {
                        continue;
                    }

                    (uint time, double value) = Point(point);
                    if (!gate.Offer(name, time, value, default, ref batch))
                    {
                        return false;
                    }

                    done++;
                }
            }

            return true;
        }
        finally
        {
            counters.Add(ref batch);
        }
    }

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> metric)
    {
        ReadOnlySpan<byte> name = default;
        while (TryField(ref metric, out int field, out int type, out _, out ReadOnlySpan<byte> bytes))
        {
            if (field == 1 && type == Bytes)
            {
                name = bytes;
            }
        }

        return name;
    }

    private static (uint Time, double Value) Point(ReadOnlySpan<byte> point)
    {
        (uint time, double value) = (0, 0.0);
        while (TryField(ref point, out int field, out int type, out ulong number, out _))
        {
            if (field == 1 && type == Varint)
            {
                time = (uint)number;
            }
            else if (field == 2 && type == Fixed64)
            {
                value = BitConverter.UInt64BitsToDouble(number);
            }
        }

        return (time, value);
    }

    private static bool TryField(scoped ref ReadOnlySpan<byte> rest, out int field, out int type, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        field = 0;
        type = 0;
        number = 0;
        bytes = default;
        if (!TryVarint(ref rest, out ulong key))
        {
            return false;
        }

        field = (int)Math.Min(key >> 3, int.MaxValue);
        type = (int)(key & 7);
        switch (type)
        {
            case Varint:
                return TryVarint(ref rest, out number);
            case Fixed64 when rest.Length >= 8:
                number = BinaryPrimitives.ReadUInt64LittleEndian(rest);
                rest = rest[8..];
                return true;
            case Fixed32 when rest.Length >= 4:
                number = BinaryPrimitives.ReadUInt32LittleEndian(rest);
                rest = rest[4..];
                return true;
            case Bytes when TryVarint(ref rest, out ulong length) && length <= (ulong)rest.Length:
                bytes = rest[..(int)length];
                rest = rest[(int)length..];
                return true;
            default:
                return false;
        }
    }

    private static bool TryVarint(scoped ref ReadOnlySpan<byte> rest, out ulong number)
    {
        number = 0;
        for (int i = 0; i < rest.Length && i < 10; i++)
        {
            number |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
