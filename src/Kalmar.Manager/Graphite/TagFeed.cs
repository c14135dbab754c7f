using System.Threading.Channels;
using Kalmar.Graphite;
using Kalmar.Graphite.Tags;
using Kalmar.Manager.State;
using Microsoft.Extensions.Logging;

namespace Kalmar.Manager.Graphite;

/// <summary>
/// Brings series with tags, as they are first seen, into the index of tags, many at a time. Takes names without waiting; disposing stores what is left.
/// </summary>
public sealed class TagFeed : IAsyncDisposable
{
    private const int Room = 200_000;
    private const int Batch = 2_000;
    private readonly Channel<string> _names = Channel.CreateBounded<string>(new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private readonly ITagStore _tags;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private long _dropped;

    /// <summary>Begins to take names.</summary>
    /// <param name="tags">Where they are stored.</param>
    /// <param name="logger">Where what went wrong is told.</param>
    public TagFeed(ITagStore tags, ILogger logger)
    {
        _tags = tags;
        _logger = logger;
        _loop = StoreAsync();
    }

    /// <summary>Names that found no room or could not be stored; they come again when their series is next seen after a restart.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes a series' name; those without tags are left alone.</summary>
    /// <param name="name">In its one spelling.</param>
    public void Announce(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains(';', StringComparison.Ordinal) && !_names.Writer.TryWrite(name))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _names.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task StoreAsync()
    {
        List<string> batch = [];
        while (await _names.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < Batch && _names.Reader.TryRead(out string? name))
            {
                batch.Add(name);
            }

            try
            {
                await _tags.TagSeriesAsync(batch, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e) when (e is StateStoreException or GraphiteException)
            {
                Interlocked.Add(ref _dropped, batch.Count);
                ManagerLog.TagsNotStored(_logger, batch.Count, e.Message);
            }
        }
    }
}
