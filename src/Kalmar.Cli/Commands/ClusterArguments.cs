using System.CommandLine;
using Kalmar.Cli.Configuration;

namespace Kalmar.Cli.Commands;

/// <summary>The options that say which cluster is meant and who we are there; the same for every command, spelled as Ceph's tools spell them.</summary>
internal sealed class ClusterArguments(bool withClusterName = true)
{
    private readonly Option<string?> _conf = new("--conf", "-c")
    {
        Description = "The cluster's ceph.conf. Default: $CEPH_CONF, /etc/ceph/CLUSTER.conf, ~/.ceph/CLUSTER.conf, ./CLUSTER.conf.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _cluster = new("--cluster") { Description = "The cluster's name (default: ceph).", HelpName = "CLUSTER" };

    private readonly Option<string?> _name = new("--name", "-n") { Description = "Who to be (default: client.admin).", HelpName = "TYPE.ID" };

    private readonly Option<string?> _keyring = new("--keyring", "-k") { Description = "File with the key.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Add(_conf);
        if (withClusterName)
        {
            command.Add(_cluster);
        }

        command.Add(_name);
        command.Add(_keyring);
    }

    public ClusterOptions Read(ParseResult result) =>
        new(result.GetValue(_conf), withClusterName ? result.GetValue(_cluster) : null, result.GetValue(_name), result.GetValue(_keyring), null);

    /// <summary>The same as keys of the configuration, for the first cluster.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ReadKeys(ParseResult result)
    {
        ClusterOptions options = Read(result);
        return new Dictionary<string, string?>
        {
            ["clusters:0:conf"] = options.Conf,
            ["clusters:0:cluster"] = options.Cluster,
            ["clusters:0:name"] = options.Name,
            ["clusters:0:keyring"] = options.Keyring,
        }.Where(k => k.Value is not null);
    }
}
