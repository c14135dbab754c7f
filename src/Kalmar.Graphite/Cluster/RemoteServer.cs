using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Kalmar.Graphite.Sources;

namespace Kalmar.Graphite.Cluster;

/// <summary>
/// Another server that speaks Graphite's API (graphite-web, Kalmar, carbonapi, go-carbon) as a source, asked over HTTP in MessagePack. One that
/// fails is left alone for a while and gives nothing meanwhile: what went wrong is in <see cref="LastError"/>. Safe for several threads.
/// </summary>
public sealed class RemoteServer : IMetricSource, IDisposable
{
    private const int MaxName = 8192;
    private readonly RemoteServerOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly SemaphoreSlim _slots;
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
        _client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-msgpack"));
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
        List<KeyValuePair<string, string>> form = [new("local", "1"), new("format", "msgpack"), new("query", query.Pattern)];
        if (query.LeavesOnly) form.Add(new("leavesOnly", "1"));
        Add(form, "from", query.From);
        Add(form, "until", query.Until);
        await AskAsync("metrics/find/", form, _options.FindTimeout, answer => nodes.AddRange(ReadNodes(answer, query)), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask FetchAsync(FetchQuery query, List<Series> series, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(series);
        List<KeyValuePair<string, string>> form = [new("local", "1"), new("format", "msgpack"), new("noCache", "1"), new("target", query.Pattern)];
        Add(form, "from", query.From);
        Add(form, "until", query.Until);
        Add(form, "now", query.Now);
        await AskAsync("render/", form, _options.FetchTimeout, answer => series.AddRange(ReadSeries(answer, query)), cancellationToken).ConfigureAwait(false);
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

    internal static List<MetricNode> ReadNodes(ReadOnlySpan<byte> answer, FindQuery query)
    {
        var reader = new MessagePackReader(answer);
        var count = reader.ReadArray();
        List<MetricNode> nodes = [];
        for (; count > 0; count--)
        {
            string? path = null;
            var leaf = false;
            List<TimeInterval> intervals = [];
            for (var pairs = reader.ReadMap(); pairs > 0; pairs--)
            {
                switch (reader.ReadText())
                {
                    case "path" or "metric_path":
                        path = Name(reader.ReadText());
                        break;
                    case "is_leaf" or "isLeaf":
                        leaf = reader.ReadFlag();
                        break;
                    case "intervals":
                        for (var i = reader.ReadArray(); i > 0; i--)
                        {
                            if (reader.ReadArray() != 2) throw new FormatException("an interval is not a pair");
                            intervals.Add(new TimeInterval(reader.ReadNumber(), reader.ReadNumber()));
                        }

                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (path is null) throw new FormatException("a node has no path");
            if (leaf || !query.LeavesOnly) nodes.Add(new MetricNode(path, leaf) { Intervals = intervals });
            if (nodes.Count > query.Limit) throw GraphiteException.Limit($"Pattern '{query.Pattern}' matches more than {query.Limit} metrics: make it narrower");
        }

        return nodes;
    }

    internal static List<Series> ReadSeries(ReadOnlySpan<byte> answer, FetchQuery query)
    {
        var reader = new MessagePackReader(answer);
        var count = reader.ReadArray();
        query.Budget.Series(count);
        List<Series> all = [];
        for (; count > 0; count--)
        {
            string? name = null;
            long start = 0, end = 0, step = 0;
            double[] values = [];
            for (var pairs = reader.ReadMap(); pairs > 0; pairs--)
            {
                switch (reader.ReadText())
                {
                    case "name":
                        name = Name(reader.ReadText());
                        break;
                    case "start":
                        start = reader.ReadWhole();
                        break;
                    case "end":
                        end = reader.ReadWhole();
                        break;
                    case "step":
                        step = reader.ReadWhole();
                        break;
                    case "values":
                        values = query.Budget.Allocate(reader.ReadArray());
                        for (var i = 0; i < values.Length; i++) values[i] = reader.ReadNumber();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            if (name is null || step <= 0) throw new FormatException("a series has no name or no step");
            all.Add(new Series(name, start, end, step, values));
        }

        return all;
    }

    private static string Name(string text) => text.Length <= MaxName ? text : throw new FormatException($"a name has {text.Length} characters");

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
        catch (Exception e) when (e is HttpRequestException or FormatException or JsonException or IOException)
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
