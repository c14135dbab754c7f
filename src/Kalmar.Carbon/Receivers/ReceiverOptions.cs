using System.Net;
using System.Net.Security;

namespace Kalmar.Carbon.Receivers;

/// <summary>A port that points come in by.</summary>
public sealed record ReceiverOptions
{
    /// <summary>What is spoken.</summary>
    public required ReceiverProtocol Protocol { get; init; }

    /// <summary>Address and port; port 0 for any free one.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>TLS, with the certificate to show; null for none.</summary>
    public SslServerAuthenticationOptions? Tls { get; init; }

    /// <summary>Connections at a time; more are closed at once and counted (<c>MAX_RECEIVER_CONNECTIONS</c>).</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>A connection that sends nothing for so long is closed (<c>METRIC_CLIENT_IDLE_TIMEOUT</c>); null for never.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>The longest pickle or protobuf message (<c>PICKLE_RECEIVER_MAX_LENGTH</c>).</summary>
    public int MaxFrame { get; init; } = 1 << 20;

    /// <summary>Seconds to which times are cut (<c>MIN_TIMESTAMP_RESOLUTION</c>); 0 for none.</summary>
    public int TimestampResolution { get; init; }
}
