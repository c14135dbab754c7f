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
    private readonly bool _normalizeTags;
    private readonly Lock _lock = new();
    private readonly (Lock Lock, RouteCache Cache)[] _known = [.. Enumerable.Range(0, 16).Select(_ => (new Lock(), new RouteCache()))];
    private int[][] _routes = [];
    private long _unroutable;

    /// <summary>Makes the relay; it connects at once.</summary>
    public RelaySink(IRouter router, RelayOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(router);
        time ??= TimeProvider.System;
        _router = router;
        _normalizeTags = options.NormalizeTags;
        _queues = [.. router.Destinations.Select(d => new DestinationQueue(d, For(d, options), time))];
        _senders = [.. _queues.Select(q => SenderOf(q, options, time))];
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

        if (_normalizeTags && point.Name.Contains((byte)';'))
        {
            return AcceptTagged(point);
        }

        return Pass(point);
    }

    /// <summary>A tagged series under its one spelling; one whose tags are wrong goes on as it is, as with Carbon.</summary>
    private StoreResult AcceptTagged(in IncomingPoint point)
    {
        Span<byte> name = stackalloc byte[Whisper.MetricName.MaxLength];
        return Whisper.MetricName.Normalize(point.Name, name, out int length) == Whisper.MetricNameFault.None ? Pass(point.Renamed(name[..length])) : Pass(point);
    }

    private StoreResult Pass(in IncomingPoint point)
    {
        int[] route = RouteOf(point.Name);
        if (route.Length == 0)
        {
            Interlocked.Increment(ref _unroutable);
            return StoreResult.Stored;
        }

        foreach (int destination in route)
        {
            if (!_queues[destination].HasSpace(canWait: true))
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
            if (_queues[destination].HasSpace(canWait: false))
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
        Task.WhenAll(_queues.Select(q => q.SpaceAsync(cancellationToken)));

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
        foreach ((Lock guard, RouteCache cache) in _known)
        {
            lock (guard)
            {
                cache.Clear();
            }
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
        (Lock guard, RouteCache cache) = _known[(int)(hash >> 60)];
        lock (guard)
        {
            if (cache.TryGet(hash, out int known))
            {
                return Volatile.Read(ref _routes)[known];
            }
        }

        Span<int> found = stackalloc int[_router.Destinations.Count];
        int number = NumberOf(found[.._router.Route(name, found)]);
        lock (guard)
        {
            cache.Add(hash, number);
        }

        return Volatile.Read(ref _routes)[number];
    }

    /// <summary>The number of a route, given at its first use; there are few.</summary>
    private int NumberOf(ReadOnlySpan<int> route)
    {
        lock (_lock)
        {
            for (int i = 0; i < _routes.Length; i++)
            {
                if (route.SequenceEqual(_routes[i]))
                {
                    return i;
                }
            }

            Volatile.Write(ref _routes, [.. _routes, route.ToArray()]);
            return _routes.Length - 1;
        }
    }
}
