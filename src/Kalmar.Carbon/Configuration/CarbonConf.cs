using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Kalmar.Carbon.Aggregation;
using Kalmar.Carbon.Cache;
using Kalmar.Carbon.Receivers;
using Kalmar.Carbon.Relays;
using Kalmar.Carbon.Routing;
using Kalmar.Carbon.Tags;
using Kalmar.Carbon.Writing;
using Kalmar.Whisper;

namespace Kalmar.Carbon.Configuration;

/// <summary>
/// Reads <c>carbon.conf</c>: the section of the program, over it that of the instance (<c>[cache:b]</c>). Keys and defaults are Carbon's,
/// but that listeners bind to loopback unless told otherwise. Own keys: <c>JOURNAL_DIR</c>, <c>RECEIVER_TLS_CERTIFICATE</c> and
/// <c>RECEIVER_TLS_KEY</c> (PEM), <c>FLUSH_INTERVAL</c>, <c>SPOOL_DIR</c>,
/// <c>REMOTE_WRITE_URLS</c>.
/// </summary>
public sealed partial class CarbonConf
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _file;
    private readonly string _section;

    private CarbonConf(string file, string section) => (_file, _section) = (file, section);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CarbonConfigurationException">It cannot be read; the message has all that is wrong.</exception>
    public static CarbonOptions Load(string path, CarbonProgram program = CarbonProgram.Cache, string instance = "a") =>
        Parse(File.ReadAllText(path), path, program, instance);

    /// <summary>The instances that a file has for a program; <c>a</c> when it names none.</summary>
    public static IReadOnlyList<string> Instances(string path, CarbonProgram program)
    {
        string prefix = SectionOf(program) + ":";
        List<string> names = [.. IniFile.Load(path).Sections.Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Name[prefix.Length..])];
        return names.Count == 0 ? ["a"] : names;
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="CarbonConfigurationException">It cannot be read; the message has all that is wrong.</exception>
    public static CarbonOptions Parse(string text, string name, CarbonProgram program, string instance)
    {
        var conf = new CarbonConf(name, SectionOf(program));
        IniFile file = IniFile.Parse(text, name);
        string section = SectionOf(program);
        if (file[section] is null && file[$"{section}:{instance}"] is null)
        {
            throw new CarbonConfigurationException($"{name} has no section [{section}]; it has {string.Join(", ", file.Sections.Select(s => $"[{s.Name}]"))}");
        }

        foreach (IniSection found in new[] { file[section], file[$"{section}:{instance}"] }.OfType<IniSection>())
        {
            foreach ((string key, string value) in found.Values)
            {
                conf._values[key] = value;
                conf._lines[key] = found.Lines.GetValueOrDefault(key);
            }
        }

        CarbonOptions options = conf.Build(program, instance, Path.GetDirectoryName(Path.GetFullPath(name)) ?? "/");
        options = options with { Ignored = conf.Ignored() };
        return conf._errors.Count == 0
            ? options
            : throw new CarbonConfigurationException(string.Join("; ", conf._errors));
    }

    private static string SectionOf(CarbonProgram program) => program switch
    {
        CarbonProgram.Cache => "cache",
        CarbonProgram.Relay => "relay",
        CarbonProgram.Aggregator => "aggregator",
        _ => "aggregator-cache",
    };

    private CarbonOptions Build(CarbonProgram program, string instance, string folder)
    {
        string root = Text("GRAPHITE_ROOT") ?? Environment.GetEnvironmentVariable("GRAPHITE_ROOT") ?? "/opt/graphite";
        string storage = Text("STORAGE_DIR") ?? Environment.GetEnvironmentVariable("GRAPHITE_STORAGE_DIR") ?? Path.Combine(root, "storage");
        SslServerAuthenticationOptions? tls = Tls();
        Impossible();
        return new CarbonOptions
        {
            Program = program,
            Instance = instance,
            ConfigurationFolder = Text("CONF_DIR") ?? folder,
            Writer = Writer(Text("LOCAL_DATA_DIR") ?? Path.Combine(storage, "whisper")),
            MaxCacheSize = (long)Math.Min(Number("MAX_CACHE_SIZE", 50_000_000), 1e12),
            Receivers = [.. new[] { (ReceiverProtocol.Line, "LINE", 2003), (ReceiverProtocol.Pickle, "PICKLE", 2004), (ReceiverProtocol.Protobuf, "PROTOBUF", 0) }
                .Select(r => Receiver(r.Item1, r.Item2, r.Item3, tls)).OfType<ReceiverOptions>()],
            Udp = Flag("ENABLE_UDP_LISTENER", false) ? Receiver(ReceiverProtocol.Line, "UDP", 2003, null) : null,
            CacheQuery = program is CarbonProgram.Cache or CarbonProgram.AggregatorCache ? EndPoint("CACHE_QUERY_INTERFACE", "CACHE_QUERY_PORT", 7002) : null,
            UseWhitelist = Flag("USE_WHITELIST", false),
            MetricPrefix = Text("CARBON_METRIC_PREFIX") ?? "carbon",
            MetricInterval = TimeSpan.FromSeconds(Number("CARBON_METRIC_INTERVAL", 60)),
            Destinations = Checked(() => Destinations("DESTINATIONS"), []),
            Copies = Checked(Copies, []),
            RelayMethod = Text("RELAY_METHOD") ?? "rules",
            ReplicationFactor = Math.Max(1, (int)Number("REPLICATION_FACTOR", 1)),
            DiverseReplicas = Flag("DIVERSE_REPLICAS", true),
            Hash = OneOf(
                "ROUTER_HASH_TYPE",
                Text("RELAY_METHOD")?.StartsWith("fast-", StringComparison.Ordinal) == true ? "mmh3_ch" : "carbon_ch",
                new Dictionary<string, RingHash> { ["carbon_ch"] = RingHash.Carbon, ["fnv1a_ch"] = RingHash.Fnv1a, ["mmh3_ch"] = RingHash.Murmur3 }),
            Relay = new RelayOptions
            {
                Protocol = OneOf("DESTINATION_PROTOCOL", "pickle", new Dictionary<string, ReceiverProtocol> { ["pickle"] = ReceiverProtocol.Pickle, ["line"] = ReceiverProtocol.Line }),
                PointsPerMessage = Math.Max(1, (int)Number("MAX_DATAPOINTS_PER_MESSAGE", 500)),
                SpoolFolder = Text("SPOOL_DIR") ?? Path.Combine(storage, "spool", instance),
                Tls = DestinationTls(),
                NormalizeTags = Flag("TAG_RELAY_NORMALIZED", false),
            },
            Aggregation = new AggregationOptions
            {
                ForwardAll = Flag("FORWARD_ALL", true),
                MaxIntervals = (int)Number("MAX_AGGREGATION_INTERVALS", 5),
                WriteBackFrequency = Text("WRITE_BACK_FREQUENCY") is null ? null : (int)Number("WRITE_BACK_FREQUENCY", 0),
            },
            JournalFolder = Text("JOURNAL_DIR"),
            AggregationRulesFile = Text("AGGREGATION_RULES") ?? "aggregation-rules.conf",
            RewriteRulesFile = Text("REWRITE_RULES") ?? "rewrite-rules.conf",
            RelayRulesFile = Text("RELAY_RULES") ?? "relay-rules.conf",
            Tags = program is CarbonProgram.Cache or CarbonProgram.AggregatorCache && Flag("ENABLE_TAGS", true) ? Tags() : null,
        };
    }

    /// <summary>What cannot be left out silently, since points or their secrecy would be lost by it.</summary>
    private void Impossible()
    {
        if (Text("DATABASE") is { } database && !database.Equals("whisper", StringComparison.OrdinalIgnoreCase))
        {
            _errors.Add($"{Where("DATABASE")}: '{database}' cannot be written; write whisper, and take a Ceres tree over with kalmar whisper import-ceres");
        }

        if (Flag("ENABLE_AMQP", false))
        {
            _errors.Add($"{Where("ENABLE_AMQP")}: AMQP is not spoken; write False, and let senders use the line or pickle receiver");
        }
    }

    private DestinationTls? DestinationTls()
    {
        bool secure = OneOf("DESTINATION_TRANSPORT", "none", new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase) { ["none"] = false, ["ssl"] = true });
        string? authorities = Text("DESTINATION_SSL_CA");
        if (!secure || authorities is null or "None")
        {
            return secure ? new DestinationTls(null) : null;
        }

        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(authorities);
            if (certificates.Count == 0)
            {
                _errors.Add($"{Where("DESTINATION_SSL_CA")}: {authorities} has no certificate (PEM)");
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Cryptography.CryptographicException or UnauthorizedAccessException)
        {
            _errors.Add($"{Where("DESTINATION_SSL_CA")}: {authorities}: {e.Message}");
        }

        return new DestinationTls(certificates);
    }

    private TagOptions? Tags()
    {
        string text = Text("GRAPHITE_URL") ?? "http://127.0.0.1:80";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            // The address may hold a password: it is not repeated.
            _errors.Add($"{Where("GRAPHITE_URL")}: no URL; write http://host:port, or ENABLE_TAGS = False");
            return null;
        }

        return new TagOptions
        {
            GraphiteUrl = url,
            BatchSize = (int)Math.Clamp(Number("TAG_BATCH_SIZE", 100), 1, 10_000),
            QueueSize = (int)Math.Clamp(Number("TAG_QUEUE_SIZE", 10_000), 1, 10_000_000),
            UpdateInterval = (int)Math.Clamp(Number("TAG_UPDATE_INTERVAL", 100), 1, int.MaxValue),
        };
    }

    private IReadOnlyList<Destination> Destinations(string key)
    {
        try
        {
            return Destination.ParseList(Text(key) ?? "");
        }
        catch (CarbonConfigurationException e)
        {
            throw new CarbonConfigurationException($"{Where(key)}: {e.Message}", e);
        }
    }

    private IReadOnlyList<Destination> Copies()
    {
        IReadOnlyList<Destination> copies = Destinations("REMOTE_WRITE_URLS");
        return copies.FirstOrDefault(c => c.RemoteWrite is null) is { } wrong
            ? throw new CarbonConfigurationException($"{Where("REMOTE_WRITE_URLS")}: '{wrong}' is no URL; write http://host:9090/api/v1/write")
            : copies;
    }

    private WriterOptions Writer(string dataFolder) => new()
    {
        DataFolder = dataFolder,
        Files = new WhisperOptions
        {
            Sparse = Flag("WHISPER_SPARSE_CREATE", false),
            Fallocate = Flag("WHISPER_FALLOCATE_CREATE", false),
            Lock = Flag("WHISPER_LOCK_WRITES", false),
            Flush = Flag("WHISPER_AUTOFLUSH", false),
        },
        Strategy = OneOf("CACHE_WRITE_STRATEGY", "sorted", new Dictionary<string, WriteStrategy>
        {
            ["sorted"] = WriteStrategy.Sorted,
            ["max"] = WriteStrategy.Max,
            ["naive"] = WriteStrategy.Naive,
            ["timesorted"] = WriteStrategy.TimeSorted,
            ["random"] = WriteStrategy.Random,
        }),
        MaxUpdatesPerSecond = Limit("MAX_UPDATES_PER_SECOND"),
        MaxUpdatesPerSecondOnShutdown = Limit("MAX_UPDATES_PER_SECOND_ON_SHUTDOWN"),
        MaxCreatesPerMinute = Limit("MAX_CREATES_PER_MINUTE"),
        HashTaggedNames = Flag("TAG_HASH_FILENAMES", true),
        FlushInterval = TimeSpan.FromSeconds(Number("FLUSH_INTERVAL", 2)),
    };

    private ReceiverOptions? Receiver(ReceiverProtocol protocol, string prefix, int defaultPort, SslServerAuthenticationOptions? tls)
    {
        if (EndPoint(prefix + "_RECEIVER_INTERFACE", prefix + "_RECEIVER_PORT", defaultPort) is not { } endPoint)
        {
            return null;
        }

        double idle = Text("METRIC_CLIENT_IDLE_TIMEOUT") is null or "None" ? 0 : Number("METRIC_CLIENT_IDLE_TIMEOUT", 0);
        return new ReceiverOptions
        {
            Protocol = protocol,
            EndPoint = endPoint,
            Tls = tls,
            MaxConnections = (int)Math.Min(Number("MAX_RECEIVER_CONNECTIONS", 10_000), 1_000_000),
            IdleTimeout = idle > 0 ? TimeSpan.FromSeconds(idle) : null,
            MaxFrame = (int)Number("PICKLE_RECEIVER_MAX_LENGTH", 1 << 20),
            TimestampResolution = (int)Number("MIN_TIMESTAMP_RESOLUTION", 0),
        };
    }

    private IPEndPoint? EndPoint(string interfaceKey, string portKey, int defaultPort)
    {
        double port = Number(portKey, defaultPort);
        if (port == 0)
        {
            return null;
        }

        string text = Text(interfaceKey) ?? "127.0.0.1";
        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            _errors.Add($"{Where(interfaceKey)}: '{text}' is no address; write one, for example 127.0.0.1 or 0.0.0.0");
            address = IPAddress.Loopback;
        }

        if (port is < 0 or > 65535)
        {
            _errors.Add($"{Where(portKey)}: {port} is no port; write 0 (off) to 65535");
            return null;
        }

        return new IPEndPoint(address, (int)port);
    }

    private SslServerAuthenticationOptions? Tls()
    {
        if (Text("RECEIVER_TLS_CERTIFICATE") is not { } certificate)
        {
            return null;
        }

        try
        {
            return new SslServerAuthenticationOptions { ServerCertificate = X509Certificate2.CreateFromPemFile(certificate, Text("RECEIVER_TLS_KEY")) };
        }
        catch (Exception e) when (e is IOException or System.Security.Cryptography.CryptographicException or UnauthorizedAccessException)
        {
            _errors.Add($"{Where("RECEIVER_TLS_CERTIFICATE")}: {certificate}: {e.Message}");
            return null;
        }
    }

    private string Where(string key) => _lines.TryGetValue(key, out int line) ? $"{_file} line {line} [{_section}] {key}" : $"{_file} [{_section}] {key}";

    private string? Text(string key)
    {
        _asked.Add(key);
        return _values.TryGetValue(key, out string? value) && value.Length > 0 ? value : null;
    }

    private bool Flag(string key, bool otherwise) => Checked(() => CarbonValue.Boolean(Text(key), $"{Where(key)}") ?? otherwise, otherwise);

    private double Number(string key, double otherwise) => Checked(() => CarbonValue.Number(Text(key), $"{Where(key)}") ?? otherwise, otherwise);

    private double Limit(string key) => Number(key, double.PositiveInfinity);

    private T OneOf<T>(string key, string otherwise, Dictionary<string, T> values)
    {
        string text = Text(key) ?? otherwise;
        if (!values.TryGetValue(text, out T? value))
        {
            _errors.Add($"{Where(key)}: '{text}' is unknown; use one of {string.Join(", ", values.Keys)}");
            return values[otherwise];
        }

        return value;
    }

    private T Checked<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (CarbonConfigurationException e)
        {
            _errors.Add(e.Message);
            return otherwise;
        }
    }
}
