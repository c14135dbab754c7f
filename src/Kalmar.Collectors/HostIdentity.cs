using System.Net;
using System.Net.Sockets;

namespace Kalmar.Collectors;

/// <summary>What this machine is called.</summary>
/// <param name="Hostname">As <c>gethostname</c> gives it.</param>
/// <param name="Fqdn">With its domain, or the host name again when no resolver knows one.</param>
/// <param name="NodeName">As the kernel gives it (<c>uname -n</c>).</param>
public sealed record HostIdentity(string Hostname, string Fqdn, string NodeName)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks the system. A resolver that is silent costs two seconds, and the host name stands in for the full name.</summary>
    /// <param name="timeProvider">The clock for those two seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<HostIdentity> DetectAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        string hostname = Dns.GetHostName();
        return new HostIdentity(hostname, await ResolveAsync(hostname, timeProvider, cancellationToken).ConfigureAwait(false), hostname);
    }

    /// <summary>The part of a path that stands for this host; null for <see cref="HostnameMethod.None"/>.</summary>
    /// <param name="method">How to name it.</param>
    /// <returns>One node, or several joined by dots for the reversed forms; clean.</returns>
    public string? ToNode(HostnameMethod method) => method switch
    {
        HostnameMethod.Smart => First(Fqdn) is var first && first != "localhost" ? first : First(Hostname),
        HostnameMethod.Fqdn => MetricNames.Clean(Fqdn),
        HostnameMethod.FqdnShort => First(Fqdn),
        HostnameMethod.FqdnReversed => Reversed(Fqdn),
        HostnameMethod.UnameShort => First(NodeName),
        HostnameMethod.UnameReversed => Reversed(NodeName),
        HostnameMethod.Hostname => MetricNames.Clean(Hostname),
        HostnameMethod.HostnameShort => First(Hostname),
        HostnameMethod.HostnameReversed => Reversed(Hostname),
        HostnameMethod.None => null,
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "not a hostname method"),
    };

    private static string First(string name) => MetricNames.Clean(name.Split('.', 2)[0]);

    private static string Reversed(string name) =>
        string.Join('.', name.Split('.', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(MetricNames.Clean).DefaultIfEmpty("_"));

    private static async Task<string> ResolveAsync(string hostname, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            IPHostEntry entry = await Dns.GetHostEntryAsync(hostname, cancellationToken).WaitAsync(s_patience, timeProvider, cancellationToken).ConfigureAwait(false);
            return entry.HostName.Contains('.', StringComparison.Ordinal) ? entry.HostName : hostname;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return hostname;
        }
    }
}
