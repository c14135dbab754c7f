using System.Globalization;
using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Cli.Output;

/// <summary>The members <c>fsmap</c> and <c>servicemap</c> of <c>ceph status --format json</c>.</summary>
internal static class StatusServicesJson
{
    public static void Write(Utf8JsonWriter json, ClusterSnapshot snapshot)
    {
        if (snapshot.FsMap is { Value: { } fsMap })
        {
            WriteFsMap(json, fsMap);
        }

        if (snapshot.ServiceMap is { Value: { } serviceMap })
        {
            WriteServiceMap(json, serviceMap);
        }
    }

    private static void WriteFsMap(Utf8JsonWriter json, FsMap map)
    {
        json.WriteStartObject("fsmap");
        json.WriteNumber("epoch", map.Epoch.Value);

        // Of several file systems, ceph writes the members again for each; what a reader keeps of that is the last.
        if (map.FileSystems.Count > 0)
        {
            CephFileSystem last = map.FileSystems[^1];
            json.WriteNumber("id", last.Id);
            json.WriteNumber("up", last.MdsMap.Up.Count);
            json.WriteNumber("in", last.MdsMap.In.Count);
            json.WriteNumber("max", last.MdsMap.MaxMds);
        }

        json.WriteStartArray("by_rank");
        foreach (CephFileSystem fs in map.FileSystems)
        {
            foreach (MdsInfo mds in fs.MdsMap.Daemons.Values.Where(d => d.Rank >= 0).OrderBy(d => d.Rank))
            {
                json.WriteStartObject();
                json.WriteNumber("filesystem_id", fs.Id);
                json.WriteNumber("rank", mds.Rank);
                json.WriteString("name", mds.Name);
                json.WriteString("status", mds.State.ToName() + (mds.IsLaggy ? "(laggy or crashed)" : ""));
                json.WriteNumber("gid", mds.GlobalId);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteNumber("up:standby", map.Standbys.Count);
        json.WriteEndObject();
    }

    private static void WriteServiceMap(Utf8JsonWriter json, ServiceMap map)
    {
        json.WriteStartObject("servicemap");
        json.WriteNumber("epoch", map.Epoch.Value);
        json.WriteString("modified", Stamp(map.Modified));
        json.WriteStartObject("services");
        foreach ((string name, ServiceEntry service) in map.Services)
        {
            json.WriteStartObject(name);
            json.WriteStartObject("daemons");
            json.WriteString("summary", service.Summary);
            foreach ((string key, ServiceDaemon daemon) in service.Daemons)
            {
                json.WriteStartObject(key);
                json.WriteNumber("start_epoch", daemon.StartEpoch.Value);
                json.WriteString("start_stamp", Stamp(daemon.StartStamp));
                json.WriteNumber("gid", daemon.Gid);
                json.WriteString("addr", Address(daemon.Address));
                WriteTexts(json, "metadata", daemon.Metadata);
                WriteTexts(json, "task_status", daemon.TaskStatus);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ValueMap<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach ((string key, string text) in texts)
        {
            json.WriteString(key, text);
        }

        json.WriteEndObject();
    }

    // As Ceph writes what is blank: a daemon that has said nothing of itself yet.
    private static string Address(EntityAddress address) =>
        address.EndPoint is { } endPoint ? $"{endPoint}/{address.Nonce}" : $"(unrecognized address family 0)/{address.Nonce}";

    // Ceph writes what is less than ten years as a span.
    private static string Stamp(Utime time) => time.Seconds < 10 * 365 * 86400
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}.{time.Nanoseconds / 1000:000000}")
        : time.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'+0000'", CultureInfo.InvariantCulture);
}
