using Kalmar.Sandbox;

namespace Kalmar.Testing;

/// <summary>As <see cref="CephClusterFixture"/>, but with three monitors, two managers and a metadata server: each can be failed, and something is left.</summary>
public sealed class FileSystemClusterFixture : CephClusterFixture
{
    protected override SandboxOptions Options(string folder)
    {
        SandboxOptions options = base.Options(folder);
        return options with
        {
            Monitors = 3,
            Managers = 2,
            Mds = true,

            // The sandbox loads no module that must be switched on; alerts is there to be.
            Settings = new Dictionary<string, string>(options.Settings)
            {
                ["mgr/mgr disabled modules"] = "cephadm dashboard diskprediction_local influx insights iostat k8sevents localpool mds_autoscaler mirroring nfs osd_perf_query osd_support prometheus restful rgw rook selftest snap_schedule stats telegraf test_orchestrator zabbix",
            },
        };
    }
}
