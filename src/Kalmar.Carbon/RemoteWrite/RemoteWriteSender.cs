using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kalmar.Carbon.Relays;

namespace Kalmar.Carbon.RemoteWrite;

/// <summary>
/// Sends a destination's queue by Prometheus' remote-write 1.0, one request at a time, so that the order of each series is kept. What cannot
/// be taken now (no answer, 5xx, 408, 429) is sent again with growing pauses, as long as it takes. A request refused with 400 is halved
/// again and again until only the samples that are to blame are left; they, and everything refused with another status, are given up and
/// counted.
/// </summary>
internal sealed class RemoteWriteSender : IDestinationSender
{
    /// <summary>Refused requests of one block after which its refused parts are given up whole.</summary>
    private const int MostRefusals = 256;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly DestinationQueue _queue;
    private readonly RelayOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly AuthenticationHeaderValue? _user;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private volatile bool _draining;
    private TimeSpan _delay;

    public RemoteWriteSender(DestinationQueue queue, RelayOptions options, TimeProvider time)
    {
        _queue = queue;
        _options = options;
        _time = time;
        Uri url = queue.Destination.RemoteWrite!;
        _url = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        _user = url.UserInfo.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        _http = new HttpClient(handler) { Timeout = RequestTimeout, MaxResponseContentBufferSize = 64 * 1024 };
        _delay = options.RetryDelay;
        _loop = RunAsync();
    }

    /// <inheritdoc/>
    public string? Trouble { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        _draining = true;
        await Task.WhenAny(_loop, Task.Delay(_options.ShutdownTimeout, _time)).ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _queue.Keep();
        _queue.Dispose();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                if (await FirstAsync().ConfigureAwait(false) is { } block)
                {
                    if (!await SendAsync(block).ConfigureAwait(false))
                    {
                        return;
                    }

                    _queue.RemoveFirst();
                }
                else if (_draining)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop: the block that was on its way stays in the queue.
            Trouble ??= "stopped";
        }
    }

    private async Task<LineBlock?> FirstAsync()
    {
        try
        {
            return await _queue.FirstAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Trouble = e.Message;
            await Task.Delay(_options.MaxDelay, _time, _stop.Token).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Sends a block until all of it is taken or given up; false when we stop before that.</summary>
    private async Task<bool> SendAsync(LineBlock block)
    {
        RemoteSample[] samples = [.. WriteRequest.Samples(block, out int unreadable)];
        _queue.Counters.AddRefused(unreadable);
        int refusals = 0;
        Stack<Range> parts = new();
        if (samples.Length > 0)
        {
            parts.Push(..samples.Length);
        }

        while (parts.TryPeek(out Range part))
        {
            (int start, int count) = part.GetOffsetAndLength(samples.Length);
            RemoteAnswer answer = await PostAsync(samples.AsMemory(start, count)).ConfigureAwait(false);
            if (answer == RemoteAnswer.Later)
            {
                if (_draining)
                {
                    return false;
                }

                _queue.Counters.AddRetry();
                await Task.Delay(_delay, _time, _stop.Token).ConfigureAwait(false);
                _delay = TimeSpan.FromTicks(Math.Min(_delay.Ticks * 2, _options.MaxDelay.Ticks));
                continue;
            }

            _delay = _options.RetryDelay;
            parts.Pop();
            if (answer == RemoteAnswer.Taken)
            {
                Trouble = null;
                _queue.Counters.AddSent(count);
            }
            else if (answer == RemoteAnswer.Never || count == 1 || ++refusals > MostRefusals)
            {
                _queue.Counters.AddRefused(count);
            }
            else
            {
                parts.Push((start + (count / 2))..(start + count));
                parts.Push(start..(start + (count / 2)));
            }
        }

        return true;
    }

    private async Task<RemoteAnswer> PostAsync(ReadOnlyMemory<RemoteSample> samples)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(WriteRequest.Encode(samples.Span)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        request.Content.Headers.ContentEncoding.Add("snappy");
        request.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("kalmar", "0.1"));
        request.Headers.Authorization = _user;
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, _stop.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return RemoteAnswer.Taken;
            }

            string text = await response.Content.ReadAsStringAsync(_stop.Token).ConfigureAwait(false);
            Trouble = $"{(int)response.StatusCode} {response.ReasonPhrase}: {(text.Length > 200 ? text[..200] : text).ReplaceLineEndings(" ").Trim()}";
            Wait(response.Headers.RetryAfter?.Delta);
            return response.StatusCode switch
            {
                HttpStatusCode.BadRequest => RemoteAnswer.BadSamples,
                HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => RemoteAnswer.Later,
                _ => RemoteAnswer.Never,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            Trouble = e is OperationCanceledException ? $"no answer within {RequestTimeout.TotalSeconds:0} s" : e.Message;
            return RemoteAnswer.Later;
        }
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
