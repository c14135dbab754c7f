using System.Globalization;
using System.Text;

namespace Kalmar.Sandbox.Layout;

/// <summary>Writes a sandbox's ceph.conf: an ordinary cluster on one host, tuned so that it starts within seconds and is HEALTH_OK.</summary>
internal static class CephConfWriter
{
    public static string Write(SandboxState state, SandboxFolder folder)
    {
        SandboxOptions options = state.Options;
        string address = options.Ipv6 ? "::1" : "127.0.0.1";
        int copies = options.Osds > 1 ? 2 : 1;
        StringBuilder conf = new();
        conf.AppendLine("# Made by Kalmar's sandbox. Read again when a daemon starts.");
        Section("global");
        Set("fsid", state.Fsid.ToString());
        Set("mon host", string.Join(' ', Enumerable.Range(0, options.Monitors).Select(i => MonitorAddress(state, i))));
        Set("public addr", address);
        Set("cluster addr", address);
        Set("ms bind ipv4", options.Ipv6 ? "false" : "true");
        Set("ms bind ipv6", options.Ipv6 ? "true" : "false");
        Set("ms bind port min", Number(state.DaemonPort));
        Set("ms bind port max", Number(state.DaemonPort + PortRegistry.DaemonPorts - 1));
        if (options.AuthNone)
        {
            Set("auth cluster required", "none");
            Set("auth service required", "none");
            Set("auth client required", "none");
        }

        if (options.Secure)
        {
            foreach (string kind in (string[])["cluster", "service", "client", "mon cluster", "mon service", "mon client"])
            {
                Set($"ms {kind} mode", "secure");
            }

            Set("ms bind msgr1", "false");
        }

        Set("keyring", folder.Keyring);
        Set("run dir", Path.Combine(folder.Root, "run"));
        Set("crash dir", Path.Combine(folder.Root, "crash"));

        // One host carries everything, so copies are spread over OSDs instead of hosts.
        Set("osd crush chooseleaf type", "0");
        Set("osd pool default size", Number(copies));
        Set("osd pool default min size", "1");
        Set("osd pool default pg num", "8");
        Set("osd pool default pgp num", "8");

        // What would be a warning in a data centre is how a sandbox is meant to be.
        Set("auth allow insecure global id reclaim", "false");
        Set("mon data avail warn", "3");
        Set("mon data avail crit", "1");
        Set("mon warn on too few osds", options.Osds < copies ? "false" : "true");
        Set("mon warn on pool no redundancy", copies > 1 ? "true" : "false");
        Set("mon allow pool size one", "true");
        Set("mon allow pool delete", "true");
        if (options.QuickFailureDetection)
        {
            Set("osd heartbeat interval", "1");
            Set("osd heartbeat grace", "6");
            Set("mgr tick period", "1");
            Set("mon mgr beacon grace", "10");
            Set("mon lease", "2");
        }

        Section("mon");
        DaemonFiles();
        Set("mon data", Path.Combine(folder.Root, "mon", "$id"));
        Set("mon cluster log file", Path.Combine(folder.Root, "log", "cluster.log"));

        // A change waits this long for company before it is proposed; Ceph's second is most of a small cluster's start.
        Set("paxos propose interval", "0.1");

        // While one monitor is down, or not up yet, each election lasts as long as this (Ceph: 5 s).
        Set("mon election timeout", "2");

        // Reporters are counted by host, and here is only one.
        Set("mon osd reporter subtree level", "osd");
        Set("mon osd min down reporters", options.Osds > 2 ? "2" : "1");
        Section("mgr");
        DaemonFiles();
        Set("mgr data", Path.Combine(folder.Root, "mgr", "$id"));
        Set("keyring", Path.Combine(folder.Root, "mgr", "$id", "keyring"));
        Set("mgr stats period", options.QuickFailureDetection ? "1" : "2");

        // Each module costs 0.1 to 0.5 s of CPU at every start, used or not. These are off in a new cluster unless somebody enables them.
        Set("mgr initial modules", string.Empty);
        Set("mgr disabled modules", "alerts cephadm dashboard diskprediction_local influx insights iostat k8sevents localpool mds_autoscaler mirroring nfs osd_perf_query osd_support prometheus restful rgw rook selftest snap_schedule stats telegraf test_orchestrator zabbix");
        Section("osd");
        DaemonFiles();
        Set("osd data", Path.Combine(folder.Root, "osd", "$id"));
        Set("keyring", Path.Combine(folder.Root, "osd", "$id", "keyring"));
        Set("osd objectstore", "bluestore");
        Set("bluestore block create", "true");
        Set("bluestore block size", Number(options.OsdSizeBytes));
        Set("bluestore fsck on mkfs", "false");
        Set("osd memory target", "939524096");
        Set("bluestore cache autotune", "false");
        Set("bluestore cache size", "67108864");

        // An OSD opens and closes its file ten times while it starts, and each closing waits for one turn of this loop (Ceph: 250 ms).
        Set("bdev aio poll ms", "20");
        Set("bdev aio max queue depth", "128");
        Set("debug rocksdb", "1/5");
        if (options.Mds)
        {
            Section("mds");
            DaemonFiles();
            Set("mds data", Path.Combine(folder.Root, "mds", "$id"));
            Set("keyring", Path.Combine(folder.Root, "mds", "$id", "keyring"));
        }

        if (options.Rgw)
        {
            Section("client.rgw.a");
            DaemonFiles();
            Set("rgw data", Path.Combine(folder.Root, "rgw", "a"));
            Set("keyring", Path.Combine(folder.Root, "rgw", "a", "keyring"));
            Set("rgw frontends", $"beast endpoint={(options.Ipv6 ? "[::1]" : address)}:{Number(state.GatewayPort)}");
            Set("rgw enable usage log", "true");
        }

        foreach (IGrouping<string, (string Key, string Value)> section in options.Settings.Select(SplitSetting).GroupBy(s => s.Section, s => (s.Key, s.Value)))
        {
            Section(section.Key);
            foreach ((string key, string value) in section)
            {
                Set(key, value);
            }
        }

        return conf.ToString();

        void Section(string name) => conf.Append('[').Append(name).AppendLine("]");

        void Set(string key, string value) => conf.Append(key).Append(" = ").AppendLine(value);

        void DaemonFiles()
        {
            Set("log file", Path.Combine(folder.Root, "log", "$name.log"));
            Set("admin socket", Path.Combine(folder.Root, "run", "$name.asok"));
            Set("pid file", Path.Combine(folder.Root, "run", "$name.pid"));
        }
    }

    /// <summary>How <c>mon host</c> and <c>monmaptool</c> write one monitor's addresses.</summary>
    public static string MonitorAddress(SandboxState state, int index)
    {
        string address = state.Options.Ipv6 ? "[::1]" : "127.0.0.1";
        string v2 = $"v2:{address}:{Number(state.MonitorV2Port(index))}";
        return state.Options.Secure ? $"[{v2}]" : $"[{v2},v1:{address}:{Number(state.MonitorV1Port(index))}]";
    }

    private static (string Section, string Key, string Value) SplitSetting(KeyValuePair<string, string> setting)
    {
        int slash = setting.Key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? ("global", setting.Key, setting.Value) : (setting.Key[..slash], setting.Key[(slash + 1)..], setting.Value);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
