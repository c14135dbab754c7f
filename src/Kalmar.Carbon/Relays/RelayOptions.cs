namespace Kalmar.Carbon.Relays;

/// <summary>How points are sent on.</summary>
public sealed record RelayOptions
{
    /// <summary>Lines, or pickle (<c>DESTINATION_PROTOCOL</c>).</summary>
    public Receivers.ReceiverProtocol Protocol { get; init; } = Receivers.ReceiverProtocol.Pickle;

    /// <summary>TLS to the destinations (<c>DESTINATION_TRANSPORT</c>); null for none.</summary>
    public DestinationTls? Tls { get; init; }

    /// <summary>Send tagged series under their one spelling, tags in order (<c>TAG_RELAY_NORMALIZED</c>), and not as they came.</summary>
    public bool NormalizeTags { get; init; }

    /// <summary>Points in a pickle message (<c>MAX_DATAPOINTS_PER_MESSAGE</c>).</summary>
    public int PointsPerMessage { get; init; } = 500;

    /// <summary>Bytes that wait in memory for each destination before the disk is used.</summary>
    public long MemoryLimit { get; init; } = 16 << 20;

    /// <summary>Where points wait on disk for a destination that is away; null to keep them in memory only.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>Bytes that wait on disk for each destination; then receivers stop reading.</summary>
    public long SpoolLimit { get; init; } = 4L << 30;

    /// <summary>How long points are gathered before they are sent.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The same for destinations that take remote-write.</summary>
    public TimeSpan RemoteLinger { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The first pause after a failed connection; doubled up to <see cref="MaxDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between attempts.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long stopping may take to send what waits; the rest goes to disk, or is counted as lost.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
