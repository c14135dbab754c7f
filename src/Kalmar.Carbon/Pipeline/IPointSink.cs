using Kalmar.Carbon.Cache;

namespace Kalmar.Carbon.Pipeline;

/// <summary>Where points go from a receiver: the cache, a relay, or a stage before them. Thread-safe.</summary>
public interface IPointSink
{
    /// <summary>Takes a point, or says why not; never waits.</summary>
    /// <returns><see cref="StoreResult.Full"/> when it should be offered again after <see cref="WaitForSpaceAsync"/>.</returns>
    StoreResult Accept(in IncomingPoint point);

    /// <summary>Waits until there is space again.</summary>
    Task WaitForSpaceAsync(CancellationToken cancellationToken);
}
