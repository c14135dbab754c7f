using Kalmar.Cli.Configuration;
using Kalmar.Rados;
using Kalmar.Rados.Configuration;
using Kalmar.Wire;

namespace Kalmar.Cli.Commands;

/// <summary>From what the user said about a cluster to a client of it.</summary>
internal static class ClusterOpener
{
    /// <summary>A function that reads ceph.conf and keyring anew each time it is called.</summary>
    public static Func<CancellationToken, Task<RadosCluster>> For(ClusterOptions options) => cancellationToken => OpenAsync(options, cancellationToken);

    /// <summary>Reads ceph.conf and keyring and makes a client that is not connected yet.</summary>
    public static async Task<RadosCluster> OpenAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        var arguments = new CephConnectArguments
        {
            ConfPath = options.Conf,
            ClusterName = options.Cluster,
            Name = options.Name is null ? null : EntityName.Parse(options.Name),
            KeyringPath = options.Keyring,
        };
        CephConnectOptions connect = await CephConnectOptions.ResolveAsync(arguments, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        return new RadosCluster(options.Fsid is null ? connect : connect with { Fsid = options.Fsid });
    }
}
