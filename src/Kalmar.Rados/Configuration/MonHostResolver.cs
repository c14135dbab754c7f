using System.Net;
using System.Net.Sockets;
using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>Turns what a configuration says of the monitors into addresses: <c>mon host</c>, old <c>[mon.x] mon addr</c>, or DNS SRV.</summary>
/// <param name="configuration">The configuration.</param>
/// <param name="dns">Asks for SRV records.</param>
internal sealed class MonHostResolver(CephConfiguration configuration, DnsSrvResolver dns)
{
    /// <summary>Finds the monitors.</summary>
    /// <exception cref="CephConfigurationException">There are none, or what is there makes no sense.</exception>
    public async Task<IReadOnlyList<EntityAddressVector>> ResolveAsync(CancellationToken cancellationToken)
    {
        if (configuration.Find("mon_host") is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return await ResolveListAsync(text, configuration.Origin("mon_host"), cancellationToken).ConfigureAwait(false);
        }

        List<EntityAddressVector> addresses = [];
        foreach (CephConfSection section in configuration.File.Sections.Where(s => s.Name.StartsWith("mon.", StringComparison.Ordinal)))
        {
            if (section.Find("mon addr") is { Value.Length: > 0 } setting)
            {
                addresses.AddRange(await ResolveListAsync(
                    setting.Value, $"{configuration.File.Path}:{setting.Line}", cancellationToken).ConfigureAwait(false));
            }
        }

        return addresses.Count > 0 ? addresses : await ResolveSrvAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<EntityAddressVector>> ResolveListAsync(string text, string origin, CancellationToken cancellationToken)
    {
        List<EntityAddressVector> addresses = [];
        List<string> unknown = [];
        foreach (MonHostEntry entry in MonHostParser.Parse(text, origin))
        {
            if (entry.Addresses is not null)
            {
                addresses.Add(entry.Addresses);
                continue;
            }

            try
            {
                IPAddress[] found = await Dns.GetHostAddressesAsync(entry.HostName!, cancellationToken).ConfigureAwait(false);
                addresses.AddRange(found.Distinct().Select(ip => MonHostParser.Expand(entry.Type, 0, ip, entry.Port)));
            }
            catch (SocketException e)
            {
                unknown.Add($"{entry.HostName} ({e.Message})");
            }
        }

        return addresses.Count > 0
            ? addresses
            : throw new CephConfigurationException(unknown.Count > 0
                ? $"{origin}: the names in mon host cannot be resolved: {string.Join(", ", unknown)}"
                : $"{origin}: mon host '{text}' names no monitor");
    }

    private async Task<IReadOnlyList<EntityAddressVector>> ResolveSrvAsync(CancellationToken cancellationToken)
    {
        // NAME or NAME_DOMAIN.
        string[] parts = configuration.Find("mon_dns_srv_name")!.Split('_', 2);
        string name = parts.Length > 1 ? $"_{parts[0]}._tcp.{parts[1]}" : $"_{parts[0]}._tcp";
        IReadOnlyList<DnsSrvRecord> records = await dns.ResolveAsync(name, cancellationToken).ConfigureAwait(false);
        EntityAddressVector[] addresses =
            [.. records.SelectMany(r => r.Addresses.Select(ip => MonHostParser.Expand(EntityAddressType.Any, 0, ip, r.Port)))];
        return addresses.Length > 0 ? addresses : throw new CephConfigurationException(
            $"{configuration.File.Path}: no monitor is named: there is no 'mon host', and DNS has no {name}");
    }
}
