namespace Kalmar.Cli.Configuration;

/// <summary>Where one cluster is and who we are there. Null means: as Ceph's own search order says.</summary>
/// <param name="Conf">The ceph.conf.</param>
/// <param name="Cluster">The cluster's name, <c>ceph</c> unless told otherwise.</param>
/// <param name="Name">Who we are, TYPE.ID.</param>
/// <param name="Keyring">File with the key.</param>
/// <param name="Fsid">The fsid that the cluster must have.</param>
public sealed record ClusterOptions(string? Conf, string? Cluster, string? Name, string? Keyring, Guid? Fsid);
