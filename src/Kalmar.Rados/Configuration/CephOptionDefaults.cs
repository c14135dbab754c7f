using Kalmar.Wire;

namespace Kalmar.Rados.Configuration;

/// <summary>Ceph's defaults of the few options that a client reads (seen from ceph-conf of 16.2).</summary>
internal static class CephOptionDefaults
{
    private static readonly Dictionary<string, string> Any = new(StringComparer.Ordinal)
    {
        ["fsid"] = "00000000-0000-0000-0000-000000000000",
        ["run_dir"] = "/var/run/ceph",
        ["admin_socket"] = "$run_dir/$cluster-$name.asok",
        ["log_file"] = "/var/log/ceph/$cluster-$name.log",
        ["keyring"] =
            "/etc/ceph/$cluster.$name.keyring,/etc/ceph/$cluster.keyring,/etc/ceph/keyring,/etc/ceph/keyring.bin,",
        ["key"] = "",
        ["keyfile"] = "",
        ["mon_host"] = "",
        ["mon_dns_srv_name"] = "ceph-mon",
        ["mon_data"] = "/var/lib/ceph/mon/$cluster-$id",
        ["osd_data"] = "/var/lib/ceph/osd/$cluster-$id",
        ["mds_data"] = "/var/lib/ceph/mds/$cluster-$id",
        ["mgr_data"] = "/var/lib/ceph/mgr/$cluster-$id",
        ["auth_supported"] = "",
        ["auth_client_required"] = "cephx, none",
        ["auth_cluster_required"] = "cephx",
        ["auth_service_required"] = "cephx",
        ["ms_client_mode"] = "crc secure",
        ["ms_service_mode"] = "crc secure",
        ["ms_cluster_mode"] = "crc secure",
        ["ms_mon_client_mode"] = "secure crc",
        ["ms_mon_service_mode"] = "secure crc",
        ["ms_mon_cluster_mode"] = "secure crc",
        ["rados_mon_op_timeout"] = "0",
        ["rados_osd_op_timeout"] = "0",
    };

    public static string? Find(string option, EntityType type) => option switch
    {
        "keyring" when type == EntityType.Osd => "$osd_data/keyring",
        _ => Any.GetValueOrDefault(option),
    };
}
