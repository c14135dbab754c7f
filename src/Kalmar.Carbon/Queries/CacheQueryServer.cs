using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Receivers;
using Kalmar.Whisper;
using Kalmar.Whisper.Pickle;

namespace Kalmar.Carbon.Queries;

/// <summary>
/// Answers what graphite-web asks a carbon-cache on port 7002: pickled dictionaries in frames, with <c>type</c> one of
/// <c>cache-query</c>, <c>cache-query-bulk</c>, <c>get-metadata</c> and <c>set-metadata</c> (of which Whisper knows
/// <c>aggregationMethod</c>).
/// </summary>
public sealed class CacheQueryServer : IAsyncDisposable
{
    private const int MaxQuery = 16 << 20;

    private readonly MetricCache _cache;
    private readonly string _dataFolder;
    private readonly ConnectionListener _listener;
    private readonly TimeProvider _time;
    private long _queries;
    private long _bulkQueries;
    private long _bulkMetrics;

    /// <summary>Opens the port.</summary>
    /// <exception cref="SocketException">The port is taken or may not be used.</exception>
    public CacheQueryServer(IPEndPoint endPoint, MetricCache cache, string dataFolder, TimeProvider? time = null)
    {
        _cache = cache;
        _dataFolder = dataFolder;
        _time = time ?? TimeProvider.System;
        Counters = new ReceiverCounters();
        _listener = new ConnectionListener(endPoint, 1024, Counters, ServeAsync);
    }

    /// <summary>Address and port that it listens on.</summary>
    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>Connections, and questions that could not be read.</summary>
    public ReceiverCounters Counters { get; }

    /// <summary>Questions for one series (<c>cache.queries</c>).</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Questions for several series (<c>cache.bulk_queries</c>).</summary>
    public long BulkQueries => Interlocked.Read(ref _bulkQueries);

    /// <summary>Series asked for by those.</summary>
    public long BulkMetrics => Interlocked.Read(ref _bulkMetrics);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var idle = new IdleClock(TimeSpan.FromHours(1), _time);
        await FrameConnection.RunAsync(
            stream,
            MaxQuery,
            idle,
            async (query, token) =>
            {
                var answer = new ArrayBufferWriter<byte>(1024);
                Answer(query.Span, answer);
                byte[] head = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(head, answer.WrittenCount);
                await stream.WriteAsync(head, token).ConfigureAwait(false);
                await stream.WriteAsync(answer.WrittenMemory, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Answers one question; what cannot be read is answered with an error, as Carbon answers an unknown type.</summary>
    internal void Answer(ReadOnlySpan<byte> query, IBufferWriter<byte> output)
    {
        var writer = new PickleWriter(output);
        writer.Begin();
        writer.BeginDictionary();
        try
        {
            PickleValue question = PickleReader.Read(query);
            if (question.Kind != PickleKind.Dictionary)
            {
                throw new PickleException("a question is a dictionary");
            }

            Answer(question, query, writer);
        }
        catch (PickleException e)
        {
            Counters.BadFrame();
            writer.Text("error"u8);
            writer.Text(Encoding.UTF8.GetBytes(e.Message));
        }

        writer.EndDictionary();
        writer.End();
    }

    private void Answer(PickleValue question, ReadOnlySpan<byte> query, PickleWriter writer)
    {
        string type = TextOf(question, "type", query);
        switch (type)
        {
            case "cache-query":
                Interlocked.Increment(ref _queries);
                byte[] metric = Encoding.UTF8.GetBytes(TextOf(question, "metric", query));
                writer.Text("datapoints"u8);
                Points(metric, writer);
                break;
            case "cache-query-bulk":
                Bulk(Find(question, "metrics", query), query, writer);
                break;
            case "get-metadata" or "set-metadata":
                Metadata(question, query, type, writer);
                break;
            default:
                writer.Text("error"u8);
                writer.Text(Encoding.UTF8.GetBytes($"Invalid request type \"{type}\""));
                break;
        }
    }

    private void Bulk(PickleValue metrics, ReadOnlySpan<byte> query, PickleWriter writer)
    {
        if (metrics.Kind is not (PickleKind.List or PickleKind.Tuple))
        {
            throw new PickleException("'metrics' is no list");
        }

        Interlocked.Increment(ref _bulkQueries);
        Interlocked.Add(ref _bulkMetrics, metrics.Items.Count);
        writer.Text("datapointsByMetric"u8);
        writer.BeginDictionary();
        foreach (PickleValue metric in metrics.Items)
        {
            if (metric.Kind == PickleKind.Text)
            {
                writer.Text(metric.Text(query));
                Points(metric.Text(query), writer);
            }
        }

        writer.EndDictionary();
    }

    private void Points(ReadOnlySpan<byte> metric, PickleWriter writer)
    {
        Span<byte> canonical = stackalloc byte[MetricName.MaxLength];
        WhisperPoint[] points = MetricName.Normalize(metric, canonical, out int length) == MetricNameFault.None
            ? _cache.GetPoints(canonical[..length])
            : [];
        writer.BeginList();
        foreach (WhisperPoint point in points)
        {
            writer.Integer(point.Timestamp);
            writer.Real(point.Value);
            writer.Pair();
        }

        writer.EndList();
    }

    private void Metadata(PickleValue question, ReadOnlySpan<byte> query, string type, PickleWriter writer)
    {
        string key = TextOf(question, "key", query);
        try
        {
            if (key != "aggregationMethod")
            {
                throw new WhisperConfigurationException($"Unsupported metadata key \"{key}\"");
            }

            string path = MetricPath.FileOf(_dataFolder, TextOf(question, "metric", query));
            if (type == "get-metadata")
            {
                string current = AggregationMethods.NameOf(WhisperFile.Info(path).Aggregation);
                writer.Text("value"u8);
                writer.Text(Encoding.UTF8.GetBytes(current));
                return;
            }

            string value = TextOf(question, "value", query);
            AggregationMethod method = AggregationMethods.Parse(value);
            using WhisperFile file = WhisperFile.Open(path);
            string old = AggregationMethods.NameOf(file.Header.Aggregation);
            file.SetAggregation(method, null);
            writer.Text("old_value"u8);
            writer.Text(Encoding.UTF8.GetBytes(old));
            writer.Text("new_value"u8);
            writer.Text(Encoding.UTF8.GetBytes(value));
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            writer.Text("error"u8);
            writer.Text(Encoding.UTF8.GetBytes(e.Message));
        }
    }

    private static string TextOf(PickleValue question, string key, ReadOnlySpan<byte> query)
    {
        PickleValue value = Find(question, key, query);
        return value.Kind == PickleKind.Text ? Encoding.UTF8.GetString(value.Text(query)) : throw new PickleException($"'{key}' is no text");
    }

    private static PickleValue Find(PickleValue question, string key, ReadOnlySpan<byte> query) =>
        question[Encoding.UTF8.GetBytes(key), query] is { Kind: not PickleKind.None } found ? found : throw new PickleException($"the question has no '{key}'");
}
