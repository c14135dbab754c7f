using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados.Maps;

namespace Kalmar.Cli.Output;

/// <summary>
/// Prints a snapshot with the members of <c>ceph status --format json</c>, so that scripts can change over; what is ours stands in the member
/// <c>kalmar</c>: how we stand with the cluster, and when and from where each part came.
/// </summary>
internal static class StatusJson
{
    public static void Write(Utf8JsonWriter json, ClusterSnapshot snapshot, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("fsid", snapshot.Id?.ToString());
        WriteHealth(json, snapshot.Health?.Value);
        WriteQuorum(json, snapshot);
        WriteMaps(json, snapshot);
        WritePgs(json, snapshot);
        WriteMgr(json, snapshot.MgrMap?.Value);
        StatusServicesJson.Write(json, snapshot);
        WriteOurs(json, snapshot, now);
        json.WriteEndObject();
    }

    private static void WriteHealth(Utf8JsonWriter json, HealthReport? health)
    {
        if (health is null)
        {
            return;
        }

        json.WriteStartObject("health");
        json.WriteString("status", health.StatusText);
        health.WriteChecks(json);
        json.WriteEndObject();
    }

    private static void WriteQuorum(Utf8JsonWriter json, ClusterSnapshot snapshot)
    {
        if (snapshot.Quorum is not { Value: { } quorum })
        {
            return;
        }

        json.WriteNumber("election_epoch", quorum.ElectionEpoch);
        json.WriteStartArray("quorum");
        foreach (int rank in quorum.Names.Select(n => snapshot.MonMap?.Value.RankOf(n)).OfType<int>())
        {
            json.WriteNumberValue(rank);
        }

        json.WriteEndArray();
        json.WriteStartArray("quorum_names");
        foreach (string name in quorum.Names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteString("quorum_leader_name", quorum.Leader);
        json.WriteNumber("quorum_age", (long)quorum.Age.TotalSeconds);
    }

    private static void WriteMaps(Utf8JsonWriter json, ClusterSnapshot snapshot)
    {
        if (snapshot.MonMap is { Value: { } monMap })
        {
            json.WriteStartObject("monmap");
            json.WriteNumber("epoch", monMap.Epoch.Value);
            json.WriteString("min_mon_release_name", monMap.MinMonRelease.ToString().ToLowerInvariant());
            json.WriteNumber("num_mons", monMap.Monitors.Count);
            json.WriteEndObject();
        }

        if (snapshot.OsdMap is { Value: { } osdMap })
        {
            json.WriteStartObject("osdmap");
            json.WriteNumber("epoch", osdMap.Epoch.Value);
            json.WriteNumber("num_osds", osdMap.OsdCount);
            json.WriteNumber("num_up_osds", osdMap.UpCount);
            json.WriteNumber("osd_up_since", osdMap.LastUpChange.Seconds);
            json.WriteNumber("num_in_osds", osdMap.InCount);
            json.WriteNumber("osd_in_since", osdMap.LastInChange.Seconds);
            json.WriteNumber("num_remapped_pgs", osdMap.PgTemp.Count);
            json.WriteEndObject();
        }
    }

    private static void WritePgs(Utf8JsonWriter json, ClusterSnapshot snapshot)
    {
        if (snapshot.Pgs is not { Value: { } pgs })
        {
            return;
        }

        json.WriteStartObject("pgmap");
        json.WriteStartArray("pgs_by_state");
        foreach (PgStateCount state in pgs.States)
        {
            json.WriteStartObject();
            json.WriteString("state_name", state.State);
            json.WriteNumber("count", state.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("num_pgs", pgs.Pgs);
        json.WriteNumber("num_pools", pgs.Pools);
        json.WriteNumber("num_objects", pgs.Objects);
        json.WriteNumber("data_bytes", pgs.DataBytes);
        if (snapshot.Capacity is { Value: { } capacity })
        {
            json.WriteNumber("bytes_used", capacity.UsedBytes);
            json.WriteNumber("bytes_avail", capacity.AvailableBytes);
            json.WriteNumber("bytes_total", capacity.TotalBytes);
        }

        WriteUnlessZero(json, "degraded_objects", pgs.DegradedObjects);
        WriteUnlessZero(json, "misplaced_objects", pgs.MisplacedObjects);
        WriteUnlessZero(json, "unfound_objects", pgs.UnfoundObjects);
        if (snapshot.Io is { Value: { } io })
        {
            WriteUnlessZero(json, "read_bytes_sec", (long)io.ReadBytes);
            WriteUnlessZero(json, "write_bytes_sec", (long)io.WriteBytes);
            WriteUnlessZero(json, "read_op_per_sec", (long)io.ReadOps);
            WriteUnlessZero(json, "write_op_per_sec", (long)io.WriteOps);
            WriteUnlessZero(json, "recovering_bytes_per_sec", (long)io.RecoveryBytes);
            WriteUnlessZero(json, "recovering_objects_per_sec", (long)io.RecoveryObjects);
        }

        json.WriteEndObject();
    }

    private static void WriteUnlessZero(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteMgr(Utf8JsonWriter json, MgrMap? map)
    {
        if (map is null)
        {
            return;
        }

        json.WriteStartObject("mgrmap");
        json.WriteBoolean("available", map.IsAvailable);
        json.WriteString("active_name", map.ActiveName);
        json.WriteNumber("num_standbys", map.Standbys.Count);
        json.WriteEndObject();
    }

    private static void WriteOurs(Utf8JsonWriter json, ClusterSnapshot snapshot, DateTimeOffset now)
    {
        json.WriteStartObject("kalmar");
        json.WriteString("contact", snapshot.Contact.State.ToString());
        json.WriteString("detail", snapshot.Contact.Detail);
        json.WriteString("monitor", snapshot.Contact.Monitor);
        json.WriteStartObject("parts");
        WritePart(json, "monmap", snapshot.MonMap, snapshot.Contact, now);
        WritePart(json, "osdmap", snapshot.OsdMap, snapshot.Contact, now);
        WritePart(json, "mgrmap", snapshot.MgrMap, snapshot.Contact, now);
        WritePart(json, "fsmap", snapshot.FsMap, snapshot.Contact, now);
        WritePart(json, "servicemap", snapshot.ServiceMap, snapshot.Contact, now);
        WritePart(json, "health", snapshot.Health, snapshot.Contact, now);
        WritePart(json, "quorum", snapshot.Quorum, snapshot.Contact, now);
        WritePart(json, "pgs", snapshot.Pgs, snapshot.Contact, now);
        WritePart(json, "capacity", snapshot.Capacity, snapshot.Contact, now);
        json.WriteEndObject();
        json.WriteStartArray("missing");
        foreach (MissingPrivilege missing in snapshot.Missing)
        {
            json.WriteStartObject();
            json.WriteString("what", missing.What);
            json.WriteString("needs", missing.Needs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePart<T>(Utf8JsonWriter json, string name, Part<T>? part, ClusterContact contact, DateTimeOffset now)
    {
        if (part is null)
        {
            return;
        }

        json.WriteStartObject(name);
        if (part.Epoch is { } epoch)
        {
            json.WriteNumber("epoch", epoch.Value);
        }

        json.WriteString("received", part.Received);
        json.WriteNumber("age_seconds", Math.Round(part.Age(now).TotalSeconds, 3));
        json.WriteString("source", part.Source);
        json.WriteBoolean("stale", part.IsStale(contact, now));
        json.WriteEndObject();
    }
}
