using Kalmar.Whisper.Pickle;

namespace Kalmar.Carbon.Receivers;

/// <summary>A message of Carbon's pickle protocol: <c>[(name, (time, value)), …]</c>.</summary>
internal sealed class PickleMessage(PointGate gate, ReceiverCounters counters)
{
    public async ValueTask HandleAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        List<PickleValue> points;
        try
        {
            PickleValue value = PickleReader.Read(message.Span);
            if (value.Kind is not (PickleKind.List or PickleKind.Tuple))
            {
                counters.BadFrame();
                return;
            }

            points = value.Items;
        }
        catch (PickleException)
        {
            counters.BadFrame();
            return;
        }

        int at = 0;
        while (!Offer(message.Span, points, ref at))
        {
            counters.Pause();
            await gate.Sink.WaitForSpaceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Offer(ReadOnlySpan<byte> message, List<PickleValue> points, ref int at)
    {
        ReceiverCounters.Batch batch = default;
        try
        {
            for (; at < points.Count; at++)
            {
                if (!IsPair(points[at]) || points[at].Items[0].Kind != PickleKind.Text || !IsPair(points[at].Items[1])
                    || !TryNumber(message, points[at].Items[1].Items[0], out double time) || !TryNumber(message, points[at].Items[1].Items[1], out double value))
                {
                    batch.BadLines++;
                    continue;
                }

                if (!gate.Offer(points[at].Items[0].Text(message), time, value, default, ref batch))
                {
                    return false;
                }
            }

            return true;
        }
        finally
        {
            counters.Add(ref batch);
        }
    }

    private static bool IsPair(PickleValue value) => value.Kind is PickleKind.Tuple or PickleKind.List && value.Items.Count == 2;

    private static bool TryNumber(ReadOnlySpan<byte> message, PickleValue value, out double number)
    {
        number = value.Kind is PickleKind.Integer or PickleKind.Real or PickleKind.Boolean ? value.Real : 0;
        return value.Kind is PickleKind.Integer or PickleKind.Real or PickleKind.Boolean
            || (value.Kind == PickleKind.Text && LineParser.TryNumber(value.Text(message).Trim((byte)' '), out number));
    }
}
