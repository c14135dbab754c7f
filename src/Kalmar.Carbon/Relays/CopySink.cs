using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Relays;

/// <summary>
/// Gives each point that the next stage took to destinations beside it as well (<c>REMOTE_WRITE_URLS</c>). The copy never makes a sender
/// wait: what finds a destination's memory and disk full is dropped there and counted.
/// </summary>
internal sealed class CopySink(IPointSink next, RelaySink copies) : IPointSink
{
    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        StoreResult result = next.Accept(point);
        if (result == StoreResult.Stored)
        {
            copies.Offer(point);
        }

        return result;
    }

    /// <inheritdoc/>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken) => next.WaitForSpaceAsync(cancellationToken);
}
