using System.Net;
using System.Text;
using System.Threading.Channels;
using Kalmar.Carbon.Http;

namespace Kalmar.Carbon.Tags;

/// <summary>
/// Tells the tag database of a graphite-web which series there are, as carbon-cache does: each when its file is made, and one in so many
/// updates again, so that a database that was emptied or away fills up. Names wait in a bounded queue while graphite-web does not answer;
/// those that it refuses are given up and counted. No point ever waits for it.
/// </summary>
public sealed class TagRegistrar : IAsyncDisposable
{
    /// <summary>Refused requests of one batch after which its refused parts are given up whole.</summary>
    private const int MostRefusals = 15;

    private readonly TagOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpTarget _target;
    private readonly Channel<string> _names;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private long _updates;
    private long _told;
    private long _dropped;
    private long _refused;
    private volatile string? _trouble;

    /// <summary>Makes a registrar; it asks nobody until there is a name to tell.</summary>
    /// <param name="options">Where, and how much at once.</param>
    /// <param name="time">The clock.</param>
    public TagRegistrar(TagOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time ?? TimeProvider.System;
        var address = new UriBuilder(options.GraphiteUrl);
        address.Path = address.Path.TrimEnd('/') + "/tags/tagMultiSeries";
        _target = new HttpTarget(address.Uri);
        _names = Channel.CreateBounded<string>(new BoundedChannelOptions(options.QueueSize) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Where it tells them, without user and password.</summary>
    public Uri Address => _target.Url;

    /// <summary>Names told so far.</summary>
    public long Told => Interlocked.Read(ref _told);

    /// <summary>Names for which there was no space, and those that were still waiting at the stop.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Names that graphite-web refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Why the last request failed; null while all is well.</summary>
    public string? Trouble => _trouble;

    /// <summary>A series has a file now.</summary>
    /// <param name="name">Its name in its one spelling, UTF-8.</param>
    public void Created(ReadOnlySpan<byte> name) => Add(name, _options.QueueSize);

    /// <summary>A series' file has new points. Only for one thread.</summary>
    /// <param name="name">Its name in its one spelling, UTF-8.</param>
    public void Updated(ReadOnlySpan<byte> name)
    {
        if (_updates++ % _options.UpdateInterval == 0)
        {
            // What is told again leaves half of the queue to what is new.
            Add(name, _options.QueueSize / 2);
        }
    }

    /// <summary>Tells what waits, as long as graphite-web answers and the options allow, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_draining.TrySetResult())
        {
            return;
        }

        _names.Writer.Complete();
        await Task.WhenAny(_loop, Task.Delay(_options.ShutdownTimeout, _time)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        Interlocked.Add(ref _dropped, _names.Reader.Count);
        _target.Dispose();
        _stop.Dispose();
    }

    private void Add(ReadOnlySpan<byte> name, int most)
    {
        if (_names.Reader.Count >= most || !_names.Writer.TryWrite(Encoding.UTF8.GetString(name)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private async Task RunAsync()
    {
        List<string> batch = [];
        try
        {
            while (await _names.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                if (_names.Reader.Count < _options.BatchSize)
                {
                    await PauseAsync(_options.Linger).ConfigureAwait(false);
                }

                batch.Clear();
                while (batch.Count < _options.BatchSize && _names.Reader.TryRead(out string? name))
                {
                    batch.Add(name);
                }

                if (!await TellAsync(batch).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _trouble ??= "stopped";
        }
    }

    /// <summary>Tells a batch, halves what is refused; false when graphite-web is away and we are to end.</summary>
    private async Task<bool> TellAsync(List<string> batch)
    {
        TimeSpan delay = _options.RetryDelay;
        var parts = new BatchParts(batch.Count, MostRefusals);
        int left = batch.Count;
        try
        {
            while (parts.TryPeek(out (int Start, int Count) part))
            {
                var form = new FormUrlEncodedContent(batch.GetRange(part.Start, part.Count).Select(n => KeyValuePair.Create("path", n)));
                HttpOutcome outcome = await _target.PostAsync(form, _stop.Token).ConfigureAwait(false);
                _trouble = outcome.Trouble;
                if (outcome.Trouble is null)
                {
                    Interlocked.Add(ref _told, part.Count);
                    left -= part.Count;
                    parts.Taken();
                }
                else if (!outcome.IsPassing)
                {
                    int refused = parts.Refused(others: outcome.Status is HttpStatusCode.BadRequest or HttpStatusCode.InternalServerError);
                    Interlocked.Add(ref _refused, refused);
                    left -= refused;
                }
                else if (_draining.Task.IsCompleted)
                {
                    return false;
                }
                else
                {
                    await PauseAsync(delay).ConfigureAwait(false);
                    delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, _options.MaxDelay.Ticks));
                }
            }

            return true;
        }
        finally
        {
            Interlocked.Add(ref _dropped, left);
        }
    }

    /// <summary>Waits, but not once it is to end.</summary>
    private async Task PauseAsync(TimeSpan pause)
    {
        await Task.WhenAny(Task.Delay(pause, _time, _stop.Token), _draining.Task).ConfigureAwait(false);
        _stop.Token.ThrowIfCancellationRequested();
    }
}
