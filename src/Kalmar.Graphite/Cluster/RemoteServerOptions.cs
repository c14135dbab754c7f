namespace Kalmar.Graphite.Cluster;

/// <summary>How another Graphite server is asked.</summary>
public sealed record RemoteServerOptions
{
    /// <summary>Its address, for example <c>http://10.0.0.7:8080/</c>; a path before <c>/render</c> may be part of it.</summary>
    public required Uri Address { get; init; }

    /// <summary>The form of its answers.</summary>
    public RemoteFormat Format { get; init; }

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

    /// <summary>Reads an address as graphite-web's CLUSTER_SERVERS has it: <c>http://10.0.0.7:8080/graphite?format=pickle</c>; without a form it is MessagePack.</summary>
    /// <returns>The options, or null when it is no address of HTTP or names something else behind the question mark.</returns>
    public static RemoteServerOptions? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Fragment.Length > 0) return null;
        RemoteFormat? format = uri.Query switch
        {
            "" or "?format=msgpack" => RemoteFormat.MessagePack,
            "?format=pickle" => RemoteFormat.Pickle,
            _ => null,
        };
        return format is { } known ? new RemoteServerOptions { Address = new UriBuilder(uri) { Query = "" }.Uri, Format = known } : null;
    }
}
