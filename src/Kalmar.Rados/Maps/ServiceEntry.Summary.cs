using System.Globalization;

namespace Kalmar.Rados.Maps;

/// <content>What an operator is told.</content>
public sealed partial record ServiceEntry
{
    /// <summary>The line that <c>ceph -s</c> has for it: <c>1 daemon active (1 hosts, 1 zones)</c>, or what the service says of itself.</summary>
    public string Describe()
    {
        if (Summary.Length > 0)
        {
            return Summary;
        }

        if (Daemons.Count == 0)
        {
            return "no daemons active";
        }

        string kind = Metadata("daemon_type").FirstOrDefault() ?? "daemon";
        string groups = string.Join(", ", new[] { ("daemon_prefix", "portals"), ("hostname", "hosts"), ("zone_id", "zones") }
            .Select(group => (Count: Metadata(group.Item1).Distinct(StringComparer.Ordinal).Count(), Name: group.Item2))
            .Where(group => group.Count > 0)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count} {group.Name}")));
        string text = string.Create(CultureInfo.InvariantCulture, $"{Daemons.Count} {kind}{(Daemons.Count == 1 ? "" : "s")} active");
        return groups.Length > 0 ? $"{text} ({groups})" : text;
    }

    /// <summary>The name of one of its daemons: since Pacific gateways stand under their gid, and name themselves in their metadata.</summary>
    /// <param name="key">The key in <see cref="Daemons"/>.</param>
    public string NameOf(string key) =>
        Daemons.TryGetValue(key, out ServiceDaemon? daemon)
        && string.Equals(key, daemon.Gid.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        && daemon.Metadata.TryGetValue("id", out string? name) && name.Length > 0
            ? name
            : key;

    private IEnumerable<string> Metadata(string key) =>
        Daemons.Values.Select(d => d.Metadata.GetValueOrDefault(key, "")).Where(v => v.Length > 0);
}
