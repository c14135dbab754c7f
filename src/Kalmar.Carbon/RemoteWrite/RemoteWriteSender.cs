using System.Net;
using System.Net.Http.Headers;
using Kalmar.Carbon.Http;
using Kalmar.Carbon.Relays;

namespace Kalmar.Carbon.RemoteWrite;

/// <summary>
/// Sends a destination's queue by Prometheus' remote-write 1.0, one request at a time, so that the order of each series is kept. What cannot
/// be taken now (no answer, 5xx, 408, 429) is sent again with growing pauses, as long as it takes. A request refused with 400 is halved
/// again and again until only the samples that are to blame are left; they, and everything refused with another status, are given up and
/// counted.
/// </summary>
internal sealed class RemoteWriteSender : DestinationSender
{
    /// <summary>Refused requests of one block after which its refused parts are given up whole.</summary>
    private const int MostRefusals = 256;

    private readonly HttpTarget _target;
    private TimeSpan _delay;

    public RemoteWriteSender(DestinationQueue queue, RelayOptions options, TimeProvider time)
        : base(queue, options, time)
    {
        _target = new HttpTarget(queue.Destination.RemoteWrite!);
        _delay = options.RetryDelay;
        Start();
    }

    /// <inheritdoc/>
    protected override void Release() => _target.Dispose();

    /// <inheritdoc/>
    protected override async Task RunAsync()
    {
        try
        {
            while (!Stop.IsCancellationRequested)
            {
                if (await FirstAsync().ConfigureAwait(false) is { } block)
                {
                    if (!await SendAsync(block).ConfigureAwait(false))
                    {
                        return;
                    }

                    Queue.RemoveFirst();
                }
                else if (Draining)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // Asked to stop: the block that was on its way stays in the queue.
            Trouble ??= "stopped";
        }
    }

    private async Task<LineBlock?> FirstAsync()
    {
        try
        {
            return await Queue.FirstAsync(Stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble = e.Message;
            await Task.Delay(Options.MaxDelay, Time, Stop).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Sends a block until all of it is taken or given up; false when we stop before that.</summary>
    private async Task<bool> SendAsync(LineBlock block)
    {
        RemoteSample[] samples = [.. WriteRequest.Samples(block, out int unreadable)];
        Queue.Counters.AddRefused(unreadable);
        var parts = new BatchParts(samples.Length, MostRefusals);
        while (parts.TryPeek(out (int Start, int Count) part))
        {
            RemoteAnswer answer = await PostAsync(samples.AsMemory(part.Start, part.Count)).ConfigureAwait(false);
            if (answer == RemoteAnswer.Later)
            {
                if (Draining)
                {
                    return false;
                }

                Queue.Counters.AddRetry();
                await Task.Delay(_delay, Time, Stop).ConfigureAwait(false);
                _delay = TimeSpan.FromTicks(Math.Min(_delay.Ticks * 2, Options.MaxDelay.Ticks));
                continue;
            }

            _delay = Options.RetryDelay;
            if (answer == RemoteAnswer.Taken)
            {
                Trouble = null;
                Queue.Counters.AddSent(part.Count);
                parts.Taken();
            }
            else
            {
                Queue.Counters.AddRefused(parts.Refused(others: answer == RemoteAnswer.BadSamples));
            }
        }

        return true;
    }

    private async Task<RemoteAnswer> PostAsync(ReadOnlyMemory<RemoteSample> samples)
    {
        var content = new ByteArrayContent(WriteRequest.Encode(samples.Span));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        content.Headers.ContentEncoding.Add("snappy");
        content.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        HttpOutcome outcome = await _target.PostAsync(content, Stop).ConfigureAwait(false);
        if (outcome.Trouble is null)
        {
            return RemoteAnswer.Taken;
        }

        Trouble = outcome.Trouble;
        Wait(outcome.RetryAfter);
        return outcome.Status switch
        {
            HttpStatusCode.BadRequest => RemoteAnswer.BadSamples,
            _ when outcome.IsPassing || outcome.Status >= HttpStatusCode.InternalServerError => RemoteAnswer.Later,
            _ => RemoteAnswer.Never,
        };
    }

    /// <summary>The receiver may say when to come again; not longer than a minute.</summary>
    private void Wait(TimeSpan? wanted)
    {
        if (wanted is { } delay && delay > _delay)
        {
            _delay = delay < TimeSpan.FromMinutes(1) ? delay : TimeSpan.FromMinutes(1);
        }
    }
}
