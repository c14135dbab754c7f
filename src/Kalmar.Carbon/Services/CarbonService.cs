using System.Net;
using Kalmar.Carbon.Aggregation;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Configuration;
using Kalmar.Carbon.Journals;
using Kalmar.Carbon.Lists;
using Kalmar.Carbon.Pipeline;
using Kalmar.Carbon.Queries;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Rewriting;
using Kalmar.Carbon.Routing;
using Kalmar.Carbon.Schemas;
using Kalmar.Carbon.Tags;
using Kalmar.Carbon.Writing;

namespace Kalmar.Carbon.Services;

/// <summary>
/// One of Carbon's programs, put together from its options: receivers → lists → rewriting → aggregation → rewriting → cache and files,
/// or destinations. Disposing stops the receivers first and then writes or sends all that was taken.
/// </summary>
public sealed partial class CarbonService : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpReceiver> _receivers = [];
    private readonly WatchedFile<StorageSchemas> _schemas;
    private readonly WatchedFile<StorageAggregation> _storageAggregation;
    private readonly WatchedFile<AggregationRules> _aggregationRules;
    private readonly WatchedFile<RewriteRules> _rewriteRules;
    private readonly WatchedFile<PatternList> _blacklist;
    private readonly WatchedFile<PatternList> _whitelist;
    private readonly Journal? _journal;
    private readonly IPointSink _entry;
    private readonly IPointSink _end;
    private readonly bool _ownsStore;
    private AggregationSink? _aggregation;
    private ListSink? _lists;
    private UdpReceiver? _udp;
    private CacheQueryServer? _queries;
    private Task _upkeep = Task.CompletedTask;
    private bool _disposed;

    private CarbonService(CarbonOptions options, CarbonStore? store, TimeProvider time)
    {
        Options = options;
        _time = time;
        _schemas = new(options.ConfigurationFile("storage-schemas.conf"), StorageSchemas.Load, new StorageSchemas([]));
        _storageAggregation = new(options.ConfigurationFile("storage-aggregation.conf"), StorageAggregation.Load, StorageAggregation.Default);
        _aggregationRules = new(options.ConfigurationFile(options.AggregationRulesFile), AggregationRules.Load, AggregationRules.None);
        _rewriteRules = new(options.ConfigurationFile(options.RewriteRulesFile), RewriteRules.Load, RewriteRules.None);
        _blacklist = new(options.ConfigurationFile("blacklist.conf"), PatternList.Load, PatternList.Empty);
        _whitelist = new(options.ConfigurationFile("whitelist.conf"), PatternList.Load, PatternList.Empty);
        _schemas.Refresh();
        _storageAggregation.Refresh();
        _aggregationRules.Refresh();
        _rewriteRules.Refresh();
        _blacklist.Refresh();
        _whitelist.Refresh();

        IPointSink end;
        if (options.Program is CarbonProgram.Cache or CarbonProgram.AggregatorCache)
        {
            _ownsStore = store is null;
            Cache = store?.Cache ?? new MetricCache(options.MaxCacheSize);
            Writer = store?.Writer ?? new WhisperWriter(Cache, options.Writer, _schemas.Value, _storageAggregation.Value, time);
            _journal = options.JournalFolder is null ? null : new Journal(options.JournalFolder);
            Writer.Journal = _journal;
            Tags = options.Tags is null || !_ownsStore ? null : new TagRegistrar(options.Tags, time);
            Writer.Tags = Tags;
            end = _journal is null ? Cache : new JournalSink(Cache, _journal);
            end = store is null ? end : new AnnouncingSink(end, store.Announce);
        }
        else
        {
            Relay = new RelaySink(Router(options), options.Relay, time);
            end = Relay;
        }

        _end = end;
        if (options.Copies.Count > 0)
        {
            Copies = new RelaySink(new AllRouter(options.Copies), options.Relay, time);
            end = new CopySink(end, Copies);
        }

        _entry = Stages(end);
    }

    /// <summary>The settings.</summary>
    public CarbonOptions Options { get; }

    /// <summary>The cache; null for a relay or aggregator.</summary>
    public MetricCache? Cache { get; }

    /// <summary>The writer; null for a relay or aggregator.</summary>
    public WhisperWriter? Writer { get; }

    /// <summary>Why the disk of the files or of the journal takes no points now; null while all is well.</summary>
    public string? DiskTrouble => Writer?.Trouble ?? _journal?.Trouble;

    /// <summary>The relay; null for a cache.</summary>
    public RelaySink? Relay { get; }

    /// <summary>The destinations that get a copy of every point; null for none.</summary>
    public RelaySink? Copies { get; }

    /// <summary>Tells graphite-web's tag database of series; null for none.</summary>
    public TagRegistrar? Tags { get; }

    /// <summary>What came in by all receivers.</summary>
    public ReceiverCounters Counters { get; } = new();

    /// <summary>Where points come in by TCP, in the order of the options.</summary>
    public IReadOnlyList<(ReceiverProtocol Protocol, IPEndPoint EndPoint)> EndPoints =>
        [.. _receivers.Zip(Options.Receivers, (r, o) => (o.Protocol, r.EndPoint))];

    /// <summary>Where lines come in by UDP; null for nowhere.</summary>
    public IPEndPoint? UdpEndPoint => _udp?.EndPoint;

    /// <summary>Where graphite-web asks; null for nowhere.</summary>
    public IPEndPoint? QueryEndPoint => _queries?.EndPoint;

    /// <summary>Where points that were born in this process go in.</summary>
    public IPointSink Entry => _entry;

    /// <summary>Gets what people should know; be quick.</summary>
    public Action<WriterNotice>? OnNotice { get; set; }

    /// <summary>Starts one of Carbon's programs.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="onNotice">Gets what people should know.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CarbonConfigurationException">A file of rules is wrong.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public static Task<CarbonService> StartAsync(CarbonOptions options, Action<WriterNotice>? onNotice = null, TimeProvider? time = null) =>
        StartAsync(options, null, onNotice, time);

    /// <summary>Starts one of Carbon's programs on a store that somebody else owns: schemas are the owner's, and so is its stop, which comes after ours.</summary>
    /// <param name="options">The settings; a cache's.</param>
    /// <param name="store">The store; null to make one.</param>
    /// <param name="onNotice">Gets what people should know.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="CarbonConfigurationException">A file of rules is wrong.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public static async Task<CarbonService> StartAsync(CarbonOptions options, CarbonStore? store, Action<WriterNotice>? onNotice = null, TimeProvider? time = null)
    {
        var service = new CarbonService(options, store, time ?? TimeProvider.System) { OnNotice = onNotice };
        try
        {
            await service.OpenAsync().ConfigureAwait(false);
            return service;
        }
        catch
        {
            await service.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (TcpReceiver receiver in _receivers)
        {
            await receiver.DisposeAsync().ConfigureAwait(false);
        }

        if (_udp is not null)
        {
            await _udp.DisposeAsync().ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _upkeep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_aggregation is not null)
        {
            await _aggregation.DisposeAsync().ConfigureAwait(false);
        }

        if (Writer is not null && _ownsStore)
        {
            await Writer.DisposeAsync().ConfigureAwait(false);
        }
        else if (Writer is not null)
        {
            await Writer.FlushAsync().ConfigureAwait(false);
        }

        if (Tags is not null)
        {
            await Tags.DisposeAsync().ConfigureAwait(false);
        }

        if (Relay is not null)
        {
            await Relay.DisposeAsync().ConfigureAwait(false);
        }

        if (Copies is not null)
        {
            await Copies.DisposeAsync().ConfigureAwait(false);
        }

        if (_queries is not null)
        {
            await _queries.DisposeAsync().ConfigureAwait(false);
        }

        if (_journal is not null && Cache is { Size: 0 })
        {
            _journal.Release(_journal.Seal());
        }

        _journal?.Dispose();
        _stop.Dispose();
    }

    private async Task OpenAsync()
    {
        foreach (string ignored in Options.Ignored)
        {
            Tell(WriterNoticeKind.ConfigurationIgnored, ignored);
        }

        if (Writer is not null)
        {
            if (_ownsStore)
            {
                Writer.OnNotice = n => OnNotice?.Invoke(n);
            }

            Writer.Start();
            await ReplayAsync().ConfigureAwait(false);
        }

        foreach (ReceiverOptions receiver in Options.Receivers)
        {
            _receivers.Add(new TcpReceiver(receiver, _entry, Counters, _time));
        }

        _udp = Options.Udp is null ? null : new UdpReceiver(Options.Udp, _entry, Counters, _time);
        _queries = Options.CacheQuery is null || Cache is null ? null : new CacheQueryServer(Options.CacheQuery, Cache, Options.Writer.DataFolder, _time);
        _upkeep = UpkeepAsync();
    }

    private async Task ReplayAsync()
    {
        if (_journal is null || _journal.Left.Count == 0)
        {
            return;
        }

        List<(byte[] Name, uint Time, double Value)> waiting = [];
        _journal.Replay((name, time, value) => waiting.Add((name, time, value)));
        // Through the journal once more: the old files can go at once, and nobody has to wait until all is written.
        foreach ((byte[] name, uint time, double value) in waiting)
        {
            while (_end.Accept(new IncomingPoint(name, time, value, default)) == StoreResult.Full)
            {
                await _end.WaitForSpaceAsync(_stop.Token).ConfigureAwait(false);
            }
        }

        _journal.ForgetLeft();
        await Writer!.FlushAsync(_stop.Token).ConfigureAwait(false);
        OnNotice?.Invoke(new WriterNotice(WriterNoticeKind.ConfigurationRead, $"{waiting.Count} points of the journal were taken back"));
    }

    private IPointSink Stages(IPointSink end)
    {
        IPointSink next = end;
        if (Options.Program is CarbonProgram.Aggregator or CarbonProgram.AggregatorCache)
        {
            next = new RewriteSink(next, () => _rewriteRules.Value, post: true);
            _aggregation = new AggregationSink(next, _aggregationRules.Value, Options.Aggregation, _time);
            next = new RewriteSink(_aggregation, () => _rewriteRules.Value, post: false);
        }

        if (Options.UseWhitelist)
        {
            next = _lists = new ListSink(next, () => _blacklist.Value, () => _whitelist.Value);
        }

        return next;
    }

    private IRouter Router(CarbonOptions options)
    {
        if (options.Destinations.Count == 0)
        {
            throw new CarbonConfigurationException($"{options.Program}: DESTINATIONS is empty; write host:port:instance, …");
        }

        HashRing Ring(bool fast = false) => new(options.Destinations, options.Hash, fast);
        return (options.Program, options.RelayMethod) switch
        {
            (CarbonProgram.Aggregator, _) or (_, "consistent-hashing") => new ConsistentHashingRouter(Ring(), options.ReplicationFactor, options.DiverseReplicas),
            (_, "fast-hashing") => new ConsistentHashingRouter(Ring(fast: true), options.ReplicationFactor, options.DiverseReplicas),
            (_, "fast-aggregated-hashing") => new AggregatedHashingRouter(Ring(fast: true), () => _aggregationRules.Value, options.ReplicationFactor, options.DiverseReplicas),
            (_, "aggregated-consistent-hashing") => new AggregatedHashingRouter(Ring(), () => _aggregationRules.Value, options.ReplicationFactor, options.DiverseReplicas),
            (_, "rules") => new RulesRouter(RelayRules.Load(options.ConfigurationFile(options.RelayRulesFile)), options.Destinations),
            _ => throw new CarbonConfigurationException(
                $"RELAY_METHOD '{options.RelayMethod}' is unknown; use rules, consistent-hashing, aggregated-consistent-hashing, fast-hashing or fast-aggregated-hashing"),
        };
    }
}
