using System.Net;
using Kalmar.Carbon.Aggregation;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Routing;
using Kalmar.Carbon.Writing;

namespace Kalmar.Carbon.Configuration;

/// <summary>All settings of one Carbon: one section of <c>carbon.conf</c>. Immutable.</summary>
public sealed record CarbonOptions
{
    /// <summary>Which of Carbon's programs.</summary>
    public CarbonProgram Program { get; init; }

    /// <summary>The instance's name, as in <c>[cache:b]</c>.</summary>
    public string Instance { get; init; } = "a";

    /// <summary>The folder of the rules and schemas (<c>CONF_DIR</c>).</summary>
    public required string ConfigurationFolder { get; init; }

    /// <summary>How points are written.</summary>
    public required WriterOptions Writer { get; init; }

    /// <summary>The most points in memory (<c>MAX_CACHE_SIZE</c>).</summary>
    public long MaxCacheSize { get; init; } = 10_000_000;

    /// <summary>Where points come in by TCP.</summary>
    public IReadOnlyList<ReceiverOptions> Receivers { get; init; } = [];

    /// <summary>Where lines come in by UDP (<c>ENABLE_UDP_LISTENER</c>); null for nowhere.</summary>
    public ReceiverOptions? Udp { get; init; }

    /// <summary>Where graphite-web asks for waiting points; null for nowhere.</summary>
    public IPEndPoint? CacheQuery { get; init; }

    /// <summary>Leave out series that are on the black list or not on the white list (<c>USE_WHITELIST</c>).</summary>
    public bool UseWhitelist { get; init; }

    /// <summary>The beginning of the names of own metrics (<c>CARBON_METRIC_PREFIX</c>).</summary>
    public string MetricPrefix { get; init; } = "carbon";

    /// <summary>How often own metrics are written (<c>CARBON_METRIC_INTERVAL</c>); zero for never.</summary>
    public TimeSpan MetricInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where points of a relay or aggregator go (<c>DESTINATIONS</c>).</summary>
    public IReadOnlyList<Destination> Destinations { get; init; } = [];

    /// <summary>Addresses that take remote-write and get a copy of every point (<c>REMOTE_WRITE_URLS</c>).</summary>
    public IReadOnlyList<Destination> Copies { get; init; } = [];

    /// <summary>How a relay chooses among them (<c>RELAY_METHOD</c>).</summary>
    public string RelayMethod { get; init; } = "rules";

    /// <summary>How many destinations get each point (<c>REPLICATION_FACTOR</c>).</summary>
    public int ReplicationFactor { get; init; } = 1;

    /// <summary>At most one of each host (<c>DIVERSE_REPLICAS</c>).</summary>
    public bool DiverseReplicas { get; init; } = true;

    /// <summary>The ring's hash (<c>ROUTER_HASH_TYPE</c>).</summary>
    public RingHash Hash { get; init; } = RingHash.Carbon;

    /// <summary>How points are sent on.</summary>
    public RelayOptions Relay { get; init; } = new();

    /// <summary>How points are aggregated.</summary>
    public AggregationOptions Aggregation { get; init; } = new();

    /// <summary>Keep points that are only in memory in a journal in this folder (<c>JOURNAL_DIR</c>); null for no journal.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>How graphite-web's tag database is told of series (<c>ENABLE_TAGS</c>); null for not at all.</summary>
    public Tags.TagOptions? Tags { get; init; }

    /// <summary>The rules of aggregation: a file of <see cref="ConfigurationFolder"/> (<c>AGGREGATION_RULES</c>).</summary>
    public string AggregationRulesFile { get; init; } = "aggregation-rules.conf";

    /// <summary>The rules by which series are renamed (<c>REWRITE_RULES</c>).</summary>
    public string RewriteRulesFile { get; init; } = "rewrite-rules.conf";

    /// <summary>The rules of a relay (<c>RELAY_RULES</c>).</summary>
    public string RelayRulesFile { get; init; } = "relay-rules.conf";

    /// <summary>What the file asks for and is not done: a line each, told at the start.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>A file of <see cref="ConfigurationFolder"/>.</summary>
    public string ConfigurationFile(string name) => Path.Combine(ConfigurationFolder, name);
}
