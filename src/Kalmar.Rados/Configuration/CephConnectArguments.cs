using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>What somebody gives to connect to a cluster; all of it may be left out, as with Ceph's own tools.</summary>
public sealed record CephConnectArguments
{
    /// <summary>The configuration file (a list with commas: the first that exists); null to look where Ceph looks.</summary>
    public string? ConfPath { get; init; }

    /// <summary>The cluster's name; null to take it from the given file's name, else <c>ceph</c>.</summary>
    public string? ClusterName { get; init; }

    /// <summary>Who we are; null for <c>client.admin</c>.</summary>
    public EntityName? Name { get; init; }

    /// <summary>The keyring; null to look where Ceph looks.</summary>
    public string? KeyringPath { get; init; }

    /// <summary>The monitors, spelled as the option <c>mon host</c>; null to take them from the file.</summary>
    public string? MonHost { get; init; }

    /// <summary>Other options that count before the file, by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where environment variables, files and names come from.</summary>
    public CephEnvironment Environment { get; init; } = CephEnvironment.Current;

    /// <summary>The name servers for DNS SRV; null for those of <c>/etc/resolv.conf</c>.</summary>
    public ResolvConf? Dns { get; init; }
}
