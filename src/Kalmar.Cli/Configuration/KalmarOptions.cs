using Kalmar.Graphite.Cluster;

namespace Kalmar.Cli.Configuration;

/// <summary>Kalmar's whole configuration, checked.</summary>
public sealed record KalmarOptions
{
    /// <summary>URLs to serve on.</summary>
    public required IReadOnlyList<string> Listen { get; init; }

    /// <summary>Folder for everything that outlives the process.</summary>
    public required string Data { get; init; }

    /// <summary>Least severe messages to print.</summary>
    public required Microsoft.Extensions.Logging.LogLevel Log { get; init; }

    /// <summary>The clusters to watch; never empty.</summary>
    public required IReadOnlyList<ClusterOptions> Clusters { get; init; }

    /// <summary>How often the monitors and the mgr are asked.</summary>
    public required PollOptions Poll { get; init; }

    /// <summary>What is collected and how long it is kept.</summary>
    public required HistoryOptions History { get; init; }

    /// <summary>Where metrics are taken as Carbon takes them; null for nowhere.</summary>
    public required CarbonSettings? Carbon { get; init; }

    /// <summary>PGs that each OSD may be given at once while a pool grows.</summary>
    public required int NewPgsPerOsd { get; init; }

    /// <summary>PostgreSQL's connection string; null for SQLite in <see cref="Data"/>.</summary>
    public required string? StateConnection { get; init; }

    /// <summary>How long events are kept.</summary>
    public required TimeSpan EventRetention { get; init; }

    /// <summary>Other Graphite servers that are asked too.</summary>
    public required IReadOnlyList<RemoteServerOptions> GraphiteServers { get; init; }

    /// <summary>Whether this machine may read Graphite's API without signing in.</summary>
    public required bool GraphiteAnonymousRead { get; init; }

    /// <summary>The server's certificate (PEM, with what stands between it and its authority); null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>The certificate's private key (PEM).</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Whether this machine may read without signing in.</summary>
    public required bool AnonymousRead { get; init; }
}
