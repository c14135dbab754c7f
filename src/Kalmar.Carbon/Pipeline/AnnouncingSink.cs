using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Relays;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Pipeline;

/// <summary>
/// Tells the name of each series when it is first stored, so that a search finds it before its file is there. A known name costs a look at a
/// table of hashes.
/// </summary>
internal sealed class AnnouncingSink(IPointSink next, Action<string> announce) : IPointSink
{
    private const int Shards = 16;

    private readonly RouteCache[] _seen = [.. Enumerable.Range(0, Shards).Select(_ => new RouteCache())];

    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        StoreResult result = next.Accept(point);
        if (result == StoreResult.Stored && IsNew(point.Name) && MetricName.Normalize(Encoding.UTF8.GetString(point.Name), out _) is { } name)
        {
            announce(name);
        }

        return result;
    }

    /// <inheritdoc/>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken) => next.WaitForSpaceAsync(cancellationToken);

    private bool IsNew(ReadOnlySpan<byte> name)
    {
        ulong hash = NameHash.Of(name);
        RouteCache seen = _seen[hash >> 60];
        lock (seen)
        {
            if (seen.TryGet(hash, out _))
            {
                return false;
            }

            seen.Add(hash, 0);
            return true;
        }
    }
}
