using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;

namespace Kalmar.Carbon.Journals;

/// <summary>Keeps each point that the cache takes in the journal too.</summary>
/// <param name="cache">The cache.</param>
/// <param name="journal">The journal.</param>
public sealed class JournalSink(MetricCache cache, Journal journal) : IPointSink
{
    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        if (!journal.HasSpace)
        {
            return StoreResult.Full;
        }

        // First the cache, which may refuse; a point that is killed between the two lines was not yet accepted by anybody's account.
        StoreResult result = cache.Store(point.Name, point.Timestamp, point.Value);
        if (result == StoreResult.Stored)
        {
            journal.Add(point.Name, (uint)point.Timestamp, point.Value);
        }

        return result;
    }

    /// <inheritdoc/>
    public async Task WaitForSpaceAsync(CancellationToken cancellationToken)
    {
        await ((IPointSink)cache).WaitForSpaceAsync(cancellationToken).ConfigureAwait(false);
        while (!journal.HasSpace)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken).ConfigureAwait(false);
        }
    }
}
