using System.Runtime.CompilerServices;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Receivers;

/// <summary>The last steps that all receivers share: NaN is left out, -1 is now, times are cut to the resolution.</summary>
/// <param name="sink">Where points go.</param>
/// <param name="time">The clock.</param>
/// <param name="resolution">Seconds to which times are cut (<c>MIN_TIMESTAMP_RESOLUTION</c>); 0 or 1 for none.</param>
internal sealed class PointGate(IPointSink sink, TimeProvider time, int resolution)
{
    public IPointSink Sink { get; } = sink;

    /// <summary>Passes a point on.</summary>
    /// <returns>False when the sink is full: offer the point again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Offer(ReadOnlySpan<byte> name, double timestamp, double value, ReadOnlySpan<byte> text, ref ReceiverCounters.Batch batch)
    {
        if (double.IsNaN(value))
        {
            batch.NotANumber++;
            return true;
        }

        if (!(Math.Abs(timestamp) < 1e15))
        {
            batch.Refused++;
            return true;
        }

        long seconds = (long)timestamp;
        if (seconds == -1)
        {
            seconds = time.GetUtcNow().ToUnixTimeSeconds();
            text = default;
        }

        if (resolution > 1)
        {
            seconds -= seconds % resolution;
            text = default;
        }

        switch (Sink.Accept(new IncomingPoint(name, seconds, value, text)))
        {
            case StoreResult.Full:
                return false;
            case StoreResult.Stored:
                batch.Received++;
                return true;
            default:
                batch.Refused++;
                return true;
        }
    }
}
