using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Kalmar.Graphite.Sources;
using Kalmar.Whisper.Pickle;

namespace Kalmar.Graphite.Cluster;

/// <summary>
/// Another server that speaks Graphite's API (graphite-web, Kalmar, carbonapi, go-carbon) as a source, asked over HTTP in MessagePack or pickle. One that
/// fails is left alone for a while and gives nothing meanwhile: what went wrong is in <see cref="LastError"/>. Safe for several threads.
/// </summary>
public sealed class RemoteServer : IMetricSource, IDisposable
{
    private readonly RemoteServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _slots;
    private readonly bool _pickle;
    private readonly string _format;
    private long _quietUntil;
    private long _failures;

    /// <summary>Prepares to ask a server; nothing is sent yet.</summary>
    /// <param name="options">Where it is and how long it may take.</param>
    /// <param name="clock">The clock of time-outs, or null for the system's.</param>
    /// <param name="handler">What sends requests, or null for a handler that follows no redirects.</param>
    public RemoteServer(RemoteServerOptions options, TimeProvider? clock = null, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock) = (options, clock ?? TimeProvider.System);
        _slots = new SemaphoreSlim(options.MaxConcurrent);
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = options.FindTimeout })
        {
            BaseAddress = options.Address.AbsoluteUri.EndsWith('/') ? options.Address : new Uri(options.Address.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = options.MaxAnswer,
        };
        _pickle = options.Format == RemoteFormat.Pickle;
        _format = _pickle ? "pickle" : "msgpack";
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(_pickle ? "application/pickle" : "application/x-msgpack"));
    }

    /// <summary>Where the server is.</summary>
    public Uri Address => _options.Address;

    /// <summary>What went wrong the last time, or null when the last question was answered.</summary>
    public string? LastError { get; private set; }

    /// <summary>How many questions were not answered.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <inheritdoc/>
    public async ValueTask FindAsync(FindQuery query, List<MetricNode> nodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(nodes);
        List<KeyValuePair<string, string>> form = [new("local", "1"), new("format", _format), new("query", query.Pattern)];
        if (query.LeavesOnly) form.Add(new("leavesOnly", "1"));
        Add(form, "from", query.From);
        Add(form, "until", query.Until);
        await AskAsync("metrics/find/", form, _options.FindTimeout, answer => nodes.AddRange(_pickle ? PickleAnswer.ReadNodes(answer, query) : MessagePackAnswer.ReadNodes(answer, query)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(series);
        List<KeyValuePair<string, string>> form = [new("local", "1"), new("format", _format), new("noCache", "1"), new("target", query.Pattern)];
        Add(form, "from", query.From);
        Add(form, "until", query.Until);
        Add(form, "now", query.Now);
        await AskAsync("render/", form, _options.FetchTimeout, answer => series.AddRange(_pickle ? PickleAnswer.ReadSeries(answer, query) : MessagePackAnswer.ReadSeries(answer, query)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ListAsync(bool localOnly, ICollection<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(names);
        await AskAsync("metrics/index.json", [new("local", "1")], _options.FetchTimeout, answer =>
        {
            foreach (var name in JsonSerializer.Deserialize<string[]>(answer) ?? []) names.Add(name);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _slots.Dispose();
    }

    private static void Add(List<KeyValuePair<string, string>> form, string name, long? time)
    {
        if (time is { } known) form.Add(new(name, known.ToString(CultureInfo.InvariantCulture)));
    }

    private async ValueTask AskAsync(
        string path, List<KeyValuePair<string, string>> form, TimeSpan patience, Action<byte[]> read, CancellationToken cancellationToken)
    {
        if (_clock.GetTimestamp() < Volatile.Read(ref _quietUntil)) return;
        using var limit = new CancellationTokenSource(patience, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(both.Token).ConfigureAwait(false);
            try
            {
                // By GET when it fits: servers in between, and older ones, take find in no other way.
                var query = string.Join('&', form.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}"));
                using var request = query.Length < 4000 ? new HttpRequestMessage(HttpMethod.Get, $"{path}?{query}") : new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
                using var answer = await _client.SendAsync(request, both.Token).ConfigureAwait(false);
                if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"it answers {(int)answer.StatusCode}");
                read(await answer.Content.ReadAsByteArrayAsync(both.Token).ConfigureAwait(false));
                LastError = null;
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Failed($"no answer within {patience.TotalSeconds:0.#} s");
        }
        catch (Exception e) when (e is HttpRequestException or FormatException or PickleException or JsonException or IOException)
        {
            Failed(e.InnerException?.Message ?? e.Message);
        }
    }

    private void Failed(string why)
    {
        Interlocked.Increment(ref _failures);
        LastError = $"{_options.Address}: {why}";
        Volatile.Write(ref _quietUntil, _clock.GetTimestamp() + (long)(_options.RetryDelay.TotalSeconds * _clock.TimestampFrequency));
    }
}
