using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.RemoteWrite;
using Kalmar.Carbon.Routing;

namespace Kalmar.Carbon.Relays;

/// <summary>
/// carbon-relay: sends each point to the destinations that a router names. Nothing is dropped: points for a destination that is away
/// wait in memory, then on disk; when both are full the receivers stop reading.
/// </summary>
public sealed class RelaySink : IPointSink, IAsyncDisposable
{
    private readonly IRouter _router;
    private readonly DestinationQueue[] _queues;
    private readonly DestinationSender[] _senders;
    private readonly Lock _lock = new();
    private RouteCache _cache = new();
    private readonly List<int[]> _routes = [];
    private long _unroutable;

    /// <summary>Makes the relay; it connects at once.</summary>
    public RelaySink(IRouter router, RelayOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        _router = router;
        _queues = [.. router.Destinations.Select(d => new DestinationQueue(d, For(d, options)))];
        _senders = [.. _queues.Select(q => SenderOf(q, options, time ?? TimeProvider.System))];
    }

    /// <summary>The destinations with what became of their points.</summary>
    public IEnumerable<(Destination Destination, DestinationCounters Counters, long WaitingBytes, string? Trouble)> Destinations =>
        _queues.Select((q, i) => (q.Destination, q.Counters, q.Waiting, _senders[i].Trouble));

    /// <summary>Points for which no rule had a destination.</summary>
    public long Unroutable => Interlocked.Read(ref _unroutable);

    /// <inheritdoc/>
    public StoreResult Accept(in IncomingPoint point)
    {
        if (point.Name.IsEmpty || point.Name.Length > Whisper.MetricName.MaxLength || point.Name.IndexOfAnyInRange((byte)0, (byte)0x1f) >= 0)
        {
            return StoreResult.BadName;
        }

        int[] route = RouteOf(point.Name);
        if (route.Length == 0)
        {
            Interlocked.Increment(ref _unroutable);
            return StoreResult.Stored;
        }

        foreach (int destination in route)
        {
            if (!_queues[destination].HasSpace)
            {
                return StoreResult.Full;
            }
        }

        foreach (int destination in route)
        {
            _queues[destination].Add(point);
        }

        return StoreResult.Stored;
    }

    /// <summary>Takes a point where there is space; a destination without space does without it, and counts that.</summary>
    internal void Offer(in IncomingPoint point)
    {
        foreach (int destination in RouteOf(point.Name))
        {
            if (_queues[destination].HasSpace)
            {
                _queues[destination].Add(point);
            }
            else
            {
                _queues[destination].Counters.AddDropped();
            }
        }
    }

    /// <inheritdoc/>
    public Task WaitForSpaceAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_queues.Select(q => q.SpaceAsync())).WaitAsync(cancellationToken);

    /// <summary>Sends what waits, for as long as the options allow; the rest is kept on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Task task in _senders.Select(s => s.DisposeAsync().AsTask()).ToArray())
        {
            await task.ConfigureAwait(false);
        }
    }

    /// <summary>The rules have changed: every series asks for its way anew.</summary>
    public void ForgetRoutes()
    {
        lock (_lock)
        {
            _cache = new RouteCache();
        }
    }

    // A request costs more than a few lines on an open connection: points for remote-write are gathered longer.
    private static RelayOptions For(Destination destination, RelayOptions options) =>
        destination.RemoteWrite is null ? options : options with { Linger = options.RemoteLinger };

    private static DestinationSender SenderOf(DestinationQueue queue, RelayOptions options, TimeProvider time) =>
        queue.Destination.RemoteWrite is null ? new TcpDestinationSender(queue, options, time) : new RemoteWriteSender(queue, options, time);

    private int[] RouteOf(ReadOnlySpan<byte> name)
    {
        ulong hash = NameHash.Of(name);
        lock (_lock)
        {
            if (_cache.TryGet(hash, out int known))
            {
                return _routes[known];
            }
        }

        Span<int> found = stackalloc int[_router.Destinations.Count];
        ReadOnlySpan<int> route = found[.._router.Route(name, found)];
        lock (_lock)
        {
            int number = 0;
            while (number < _routes.Count && !route.SequenceEqual(_routes[number]))
            {
                number++;
            }

            if (number == _routes.Count)
            {
                _routes.Add(route.ToArray());
            }

            _cache.Add(hash, number);
            return _routes[number];
        }
    }
}
