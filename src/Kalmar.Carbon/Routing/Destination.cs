using System.Globalization;
using Kalmar.Carbon.Configuration;

namespace Kalmar.Carbon.Routing;

/// <summary>Another Carbon: <c>host:port</c> or <c>host:port:instance</c>; a host of IPv6 stands in brackets.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
/// <param name="Instance">The instance's name, which the ring hashes; null when not told.</param>
public sealed record Destination(string Host, int Port, string? Instance)
{
    /// <summary>Reads a destination.</summary>
    /// <exception cref="CarbonConfigurationException">It is none.</exception>
    public static Destination Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        int end = trimmed.StartsWith('[') ? trimmed.LastIndexOf("]:", StringComparison.Ordinal) : -1;
        string host = end > 0 ? trimmed[1..end] : trimmed[..Math.Max(0, trimmed.IndexOf(':', StringComparison.Ordinal))];
        string rest = end > 0 ? trimmed[(end + 2)..] : trimmed[Math.Min(trimmed.Length, host.Length + 1)..];
        string[] parts = rest.Split(':', 2);
        return host.Length > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
            ? new Destination(host, port, parts.Length > 1 ? parts[1] : null)
            : throw new CarbonConfigurationException($"bad destination '{text}'; write host:port or host:port:instance");
    }

    /// <summary>Reads a list with commas.</summary>
    /// <exception cref="CarbonConfigurationException">One of them is none.</exception>
    public static IReadOnlyList<Destination> ParseList(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}:{Instance ?? "None"}";
}
