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
internal sealed class RemoteWriteSender : DestinationSender
{
    /// <summary>Refused requests of one block after which its refused parts are given up whole.</summary>
    private const int MostRefusals = 256;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly AuthenticationHeaderValue? _user;
    private TimeSpan _delay;

    public RemoteWriteSender(DestinationQueue queue, RelayOptions options, TimeProvider time)
        : base(queue, options, time)
    {
        Uri url = queue.Destination.RemoteWrite!;
        _url = new UriBuilder(url) { UserName = "", Password = "" }.Uri;
        _user = url.UserInfo.Length == 0
            ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        _http = new HttpClient(handler) { Timeout = RequestTimeout, MaxResponseContentBufferSize = 64 * 1024 };
        _delay = options.RetryDelay;
        Start();
    }

    /// <inheritdoc/>
    protected override void Release() => _http.Dispose();

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
            parts.Pop();
            if (answer == RemoteAnswer.Taken)
            {
                Trouble = null;
                Queue.Counters.AddSent(count);
            }
            else if (answer == RemoteAnswer.Never || count == 1 || ++refusals > MostRefusals)
            {
                Queue.Counters.AddRefused(count);
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
            using HttpResponseMessage response = await _http.SendAsync(request, Stop).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return RemoteAnswer.Taken;
            }

            string text = await response.Content.ReadAsStringAsync(Stop).ConfigureAwait(false);
            Trouble = $"{(int)response.StatusCode} {response.ReasonPhrase}: {(text.Length > 200 ? text[..200] : text).ReplaceLineEndings(" ").Trim()}";
            Wait(response.Headers.RetryAfter?.Delta);
            return response.StatusCode switch
            {
                HttpStatusCode.BadRequest => RemoteAnswer.BadSamples,
                HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => RemoteAnswer.Later,
                _ => RemoteAnswer.Never,
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !Stop.IsCancellationRequested))
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
