using System.Threading.Channels;
using Kalmar.Carbon.Writing;
using Kalmar.Manager.Events;
using Kalmar.Manager.State;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.History;

/// <summary>
/// Stores an event when the disk begins to refuse points, and one when it takes them again. Telling is quick and never fails; an event that cannot
/// be stored, as the store may lie on the same disk, is tried again until it is. Thread-safe. Disposing stores what waits, for a few seconds.
/// </summary>
internal sealed class HistoryEvents : IAsyncDisposable
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IEventLog _events;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<NewEvent> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public HistoryEvents(IEventLog events, TimeProvider time, ILogger logger)
    {
        _events = events;
        _time = time;
        _logger = logger;
        _waiting = Channel.CreateBounded<NewEvent>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            lost => ManagerLog.EventsNotStored(logger, "(history)", $"{MostWaiting} others wait; given up: {lost.Message}"));
        _loop = StoreAsync();
    }

    /// <summary>Takes a notice; those that are not about the disk are nothing to it.</summary>
    public void Tell(WriterNotice notice)
    {
        NewEvent? told = notice.Kind switch
        {
            WriterNoticeKind.DiskRefuses => new(EventSeverity.Error, EventKinds.HistoryDisk, $"History cannot be written: {notice.Message}", Entity: "history"),
            WriterNoticeKind.DiskWorksAgain => new(EventSeverity.Recovery, EventKinds.HistoryDisk, $"History is written again: {notice.Message}", Entity: "history"),
            _ => null,
        };
        if (told is not null)
        {
            _waiting.Writer.TryWrite(told);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAny(_loop, Task.Delay(Patience, _time)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task StoreAsync()
    {
        await foreach (NewEvent told in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
        {
            while (!await TryStoreAsync(told).ConfigureAwait(false))
            {
                await Task.Delay(Again, _time, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> TryStoreAsync(NewEvent told)
    {
        try
        {
            await _events.AppendAsync(told, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (StateStoreException e)
        {
            ManagerLog.EventsNotStored(_logger, "(history)", e.Message);
            return false;
        }
    }
}
