using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Kalmar.Manager.Clusters;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kalmar.Server.Live;

/// <summary>
/// The streams that tell open pages that there is something new. A stream says only <em>that</em>; the page then asks for itself anew,
/// so what it shows is always what a reload would show. Thread-safe.
/// </summary>
internal sealed class LiveStreams(
    IClusterDirectory clusters, KalmarServerOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveStreams> logger)
{
    /// <summary>The event of a new snapshot; its data are the directory's version.</summary>
    public const string SnapshotEvent = "snapshot";

    /// <summary>The event that says only that we are still there; its data are the directory's version.</summary>
    public const string HeartbeatEvent = "heartbeat";

    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    private int _open;

    /// <summary>How many streams are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Takes a place for a stream.</summary>
    /// <returns>False when all are taken.</returns>
    public bool TryEnter()
    {
        int open = Interlocked.Increment(ref _open);
        if (open <= options.MaxLiveStreams)
        {
            return true;
        }

        Interlocked.Decrement(ref _open);
        ServerLog.TooManyStreams(logger, open - 1);
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>
    /// One stream: the version at once, then every new one, and a heartbeat whenever nothing else was said for as long as the options tell.
    /// Ends with the request, with the server, or when its time is over.
    /// </summary>
    /// <param name="cancellationToken">The request's end.</param>
    public async IAsyncEnumerable<SseItem<string>> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        long started = time.GetTimestamp();
        long version = clusters.Version;
        yield return new SseItem<string>(Text(version), SnapshotEvent) { ReconnectionInterval = Reconnect };
        while (!end.IsCancellationRequested && time.GetElapsedTime(started) < options.LiveStreamLifetime)
        {
            long now = await NextAsync(version, end.Token);
            if (end.IsCancellationRequested)
            {
                break;
            }

            yield return new SseItem<string>(Text(now), now == version ? HeartbeatEvent : SnapshotEvent);
            version = now;
        }
    }

    private static string Text(long version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The next version; the same one when the time for a heartbeat has come, or the end.
    private async Task<long> NextAsync(long version, CancellationToken end)
    {
        using CancellationTokenSource heartbeat = new(options.LiveHeartbeat, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(end, heartbeat.Token);
        try
        {
            return await clusters.WaitForChangeAsync(version, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return version;
        }
    }
}
