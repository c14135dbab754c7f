namespace Kalmar.Graphite.Cluster;

/// <summary>How another Graphite server is asked.</summary>
public sealed record RemoteServerOptions
{
    /// <summary>Its address, for example <c>http://10.0.0.7:8080/</c>; a path before <c>/render</c> may be part of it.</summary>
    public required Uri Address { get; init; }

    /// <summary>How long a search may take.</summary>
    public TimeSpan FindTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long reading values may take.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>For how long a server that failed is left alone.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most bytes that an answer may have.</summary>
    public int MaxAnswer { get; init; } = 128 * 1024 * 1024;

    /// <summary>How many questions may be open at once; more wait.</summary>
    public int MaxConcurrent { get; init; } = 8;
}
