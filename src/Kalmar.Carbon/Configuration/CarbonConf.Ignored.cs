namespace Kalmar.Carbon.Configuration;

/// <content>What a file has that is not followed: told, since whoever wrote it expects something.</content>
public sealed partial class CarbonConf
{
    /// <summary>Keys of Carbon 1.1's that change nothing here, or that another of its programs asks for.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "AMQP_EXCHANGE", "AMQP_HOST", "AMQP_METRIC_NAME_IN_BODY", "AMQP_PASSWORD", "AMQP_PORT", "AMQP_SPEC", "AMQP_USER", "AMQP_VERBOSE", "AMQP_VHOST", "BIND_PATTERNS",
        "CACHE_METRIC_NAMES_MAX", "CACHE_METRIC_NAMES_TTL", "CACHE_QUERY_INTERFACE", "CACHE_QUERY_PORT", "CERES_LOCK_WRITES", "CERES_MAX_SLICE_GAP", "CERES_NODE_CACHING_BEHAVIOR",
        "CERES_SLICE_CACHING_BEHAVIOR", "DESTINATION_SSL_CA", "DYNAMIC_ROUTER_MAX_RETRIES", "ENABLE_LOGROTATION", "GRAPHITE_URL", "LOG_AGGREGATOR_MISSES", "LOG_CACHE_HITS",
        "LOG_CACHE_QUEUE_SORTS", "LOG_CREATES", "LOG_DIR", "LOG_LISTENER_CONN_SUCCESS", "LOG_UPDATES", "MANHOLE_HOST_KEY_DIR", "MANHOLE_INTERFACE", "MANHOLE_PORT",
        "MANHOLE_PUBLIC_KEY", "MANHOLE_USER", "MAX_QUEUE_SIZE", "METRIC_CLIENT_IDLE_TIMEOUT", "MIN_RESET_INTERVAL", "MIN_RESET_RATIO", "MIN_RESET_STAT_FLOW", "PID_DIR", "QUEUE_LOW_WATERMARK_PCT",
        "RAVEN_DSN", "TAG_BATCH_SIZE", "TAG_QUEUE_SIZE", "TAG_UPDATE_INTERVAL", "TCP_KEEPALIVE", "TCP_KEEPCNT", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TIME_TO_DEFER_SENDING",
        "UDP_RECEIVER_INTERFACE", "UDP_RECEIVER_PORT", "USE_RATIO_RESET", "WHISPER_FADVISE_RANDOM", "WHITELISTS_DIR", "ENABLE_TAGS",
    };

    /// <summary>Switches of Carbon's that are not followed when they stand so, and what happens instead.</summary>
    private static readonly (string Key, bool When, string Instead)[] Switches =
    [
        ("DYNAMIC_ROUTER", true, "points for a destination that is away wait for it, in memory and in SPOOL_DIR, and go to no other"),
        ("DESTINATION_POOL_REPLICAS", true, "every destination is one of its own"),
        ("DESTINATIONS_POOL_REPLICAS", true, "every destination is one of its own"),
        ("ENABLE_MANHOLE", true, "there is no manhole"),
        ("USE_FLOW_CONTROL", false, "a full cache or queue makes senders wait, and drops nothing"),
        ("USE_INSECURE_UNPICKLER", true, "pickles are read by the safe subset, always"),
    ];

    private IReadOnlyList<string> Ignored()
    {
        List<string> ignored = [];
        foreach ((string key, bool when, string instead) in Switches)
        {
            if (Text(key) is not null && Flag(key, !when) == when)
            {
                ignored.Add($"{Where(key)} is not followed: {instead}");
            }
        }

        if (Number("MIN_TIMESTAMP_LAG", 0) > 0)
        {
            ignored.Add($"{Where("MIN_TIMESTAMP_LAG")} is not followed: points are written when their series has its turn, and points that come late after them");
        }

        if (Text("USER") is { } user && user != Environment.UserName)
        {
            ignored.Add($"{Where("USER")} is not followed: files belong to {Environment.UserName}; start as {user}");
        }

        ignored.AddRange(_values.Keys.Where(k => !_asked.Contains(k) && !Known.Contains(k)).Select(k => $"{Where(k)} is no key of carbon.conf and is not used"));
        return ignored;
    }
}
