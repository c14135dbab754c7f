namespace Kalmar.Graphite.Sources;

/// <summary>
/// Looks for what others made or removed, again and again: what they did is seen one interval and one scan later. A scan that takes long is
/// followed by a rest of twenty times as long, so that it never takes more than a twentieth of one processor. Thread-safe.
/// </summary>
public sealed class PeriodicRescan : IAsyncDisposable
{
    private const int RestPerScan = 20;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private long _scans;

    /// <summary>Begins; the first scan comes after one interval.</summary>
    /// <param name="rescan">Reads the names anew.</param>
    /// <param name="interval">The rest between two scans.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Told when a scan failed; the next one comes all the same.</param>
    public PeriodicRescan(Action rescan, TimeSpan interval, TimeProvider time, Action<Exception>? failed = null)
    {
        ArgumentNullException.ThrowIfNull(rescan);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        _loop = RunAsync(rescan, interval, time, failed, _stop.Token);
    }

    /// <summary>How many scans there were.</summary>
    public long Scans => Interlocked.Read(ref _scans);

    /// <summary>Ends it, after a scan that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(Action rescan, TimeSpan interval, TimeProvider time, Action<Exception>? failed, CancellationToken stop)
    {
        var rest = interval;
        while (true)
        {
            try
            {
                await Task.Delay(rest, time, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var start = time.GetTimestamp();
            try
            {
                rescan();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed?.Invoke(e);
            }

            Interlocked.Increment(ref _scans);
            var took = time.GetElapsedTime(start) * RestPerScan;
            rest = took > interval ? took : interval;
        }
    }
}
