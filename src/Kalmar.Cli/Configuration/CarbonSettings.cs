using System.Net;
using Kalmar.Carbon.Routing;

namespace Kalmar.Cli.Configuration;

/// <summary>Ports at which the server takes metrics as Graphite's Carbon does, into its own history.</summary>
public sealed record CarbonSettings
{
    /// <summary>Lines over TCP; null for nowhere.</summary>
    public IPEndPoint? Line { get; init; }

    /// <summary>Lines over UDP; null for nowhere.</summary>
    public IPEndPoint? Udp { get; init; }

    /// <summary>Pickle; null for nowhere.</summary>
    public IPEndPoint? Pickle { get; init; }

    /// <summary>Carbon's protobuf; null for nowhere.</summary>
    public IPEndPoint? Protobuf { get; init; }

    /// <summary>Where a graphite-web asks for points that are not in files yet; null for nowhere.</summary>
    public IPEndPoint? Query { get; init; }

    /// <summary>Connections to each port at a time.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>A connection that sends nothing for so long is closed; null for never.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Folder with rewrite-rules.conf, aggregation-rules.conf, blacklist.conf and whitelist.conf; null for no rules.</summary>
    public string? Rules { get; init; }

    /// <summary>Whether points that are only in memory are in a journal too.</summary>
    public bool Journal { get; init; }

    /// <summary>Addresses that get a copy of every point by Prometheus' remote-write.</summary>
    public IReadOnlyList<Destination> RemoteWrite { get; init; } = [];

    /// <summary>PEM file of the TCP ports' certificate; null for no TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key; null when it is in the same file.</summary>
    public string? CertificateKey { get; init; }
}
