using System.Globalization;
using System.Net;

namespace Kalmar.Rados.Configuration;

/// <summary>The name servers and search domains of this host, from <c>/etc/resolv.conf</c>. Immutable.</summary>
public sealed record ResolvConf
{
    private const int DnsPort = 53;
    private const int MaximumServers = 3;

    /// <summary>The servers, in the order in which they are asked.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; init; } = [new IPEndPoint(IPAddress.Loopback, DnsPort)];

    /// <summary>The domains that are tried behind a name without one.</summary>
    public IReadOnlyList<string> SearchDomains { get; init; } = [];

    /// <summary>How long one server is waited for.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the whole list of servers is asked.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Reads <c>/etc/resolv.conf</c>; defaults when it cannot be read.</summary>
    /// <param name="path">Another file.</param>
    public static ResolvConf Load(string path = "/etc/resolv.conf")
    {
        try
        {
            return Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ResolvConf();
        }
    }

    /// <summary>Reads the file's text; what is not understood is passed over, as the C library does.</summary>
    /// <param name="text">The text.</param>
    public static ResolvConf Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new ResolvConf();
        List<IPEndPoint> servers = [];
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["nameserver", var address, ..] when IPAddress.TryParse(address, out IPAddress? ip) && servers.Count < MaximumServers:
                    servers.Add(new IPEndPoint(ip, DnsPort));
                    break;
                case ["domain", var domain, ..]:
                    result = result with { SearchDomains = [domain] };
                    break;
                case ["search", .. var domains]:
                    result = result with { SearchDomains = domains };
                    break;
                case ["options", .. var options]:
                    result = options.Aggregate(result, Apply);
                    break;
                default:
                    break;
            }
        }

        return servers.Count > 0 ? result with { Servers = servers } : result;
    }

    private static ResolvConf Apply(ResolvConf conf, string option)
    {
        int colon = option.IndexOf(':', StringComparison.Ordinal);
        bool number = int.TryParse(option[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0;
        return (colon < 0 || !number ? "" : option[..colon]) switch
        {
            "timeout" => conf with { Timeout = TimeSpan.FromSeconds(Math.Min(value, 30)) },
            "attempts" => conf with { Attempts = Math.Min(value, 5) },
            _ => conf,
        };
    }
}
