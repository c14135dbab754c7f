using System.Globalization;
using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Routing;

/// <summary>
/// Where points go: another Carbon, <c>host:port</c> or <c>host:port:instance</c> (a host of IPv6 stands in brackets), or
/// <c>http[s]://…</c>, which takes Prometheus' remote-write.
/// </summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="Instance">The instance's name, which the ring hashes; null when not told.</param>
public sealed record Destination(string Host, int Port, string? Instance)
{
    /// <summary>The address that takes remote-write; null for a Carbon. May hold a password: it is never printed.</summary>
    public Uri? RemoteWrite { get; private init; }

    /// <summary>Reads a destination.</summary>
    /// <exception cref="CarbonConfigurationException">It is none.</exception>
    public static Destination Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        if (trimmed.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
                ? new Destination(uri.Host, uri.Port, null) { RemoteWrite = uri }
                : throw new CarbonConfigurationException($"bad destination '{WithoutUser(trimmed)}'; write http://host:9090/api/v1/write for Prometheus' remote-write");
        }

        int end = trimmed.StartsWith('[') ? trimmed.LastIndexOf("]:", StringComparison.Ordinal) : -1;
        string host = end > 0 ? trimmed[1..end] : trimmed[..Math.Max(0, trimmed.IndexOf(':', StringComparison.Ordinal))];
        string rest = end > 0 ? trimmed[(end + 2)..] : trimmed[Math.Min(trimmed.Length, host.Length + 1)..];
        string[] parts = rest.Split(':', 2);
        return host.Length > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? new Destination(host, port, parts.Length > 1 ? parts[1] : null)
            : throw new CarbonConfigurationException($"bad destination '{text}'; write host:port, host:port:instance or http://host:port/api/v1/write");
    }

    /// <summary>Reads a list with commas.</summary>
    /// <exception cref="CarbonConfigurationException">One of them is none.</exception>
    public static IReadOnlyList<Destination> ParseList(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];

    /// <summary>As it is written, without user and password.</summary>
    public override string ToString() => RemoteWrite is null
        ? $"{Host}:{Port}:{Instance ?? "None"}"
        : RemoteWrite.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private static string WithoutUser(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int at = url.LastIndexOf('@');
        return at < start ? url : url[..start] + url[(at + 1)..];
    }
}
