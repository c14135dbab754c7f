using System.Text.Json;
using Kalmar.Server.Endpoints.Calamari.Contract;

namespace Kalmar.Server.Endpoints.Calamari.Reading;

/// <summary>
/// Writes OSD resources member by member, as the generated code would, which is much slower with thousands of them (docs/benchmarks.md).
/// </summary>
internal static class OsdWriter
{
    private static readonly JsonEncodedText[] Names =
    [
        .. new[]
        {
            "uuid", "up", "in", "id", "reweight", "server", "pools", "valid_commands", "public_addr", "cluster_addr", "crush_node_ancestry", "backend_partition_path",
            "backend_device_node", "osd_data", "osd_journal",
        }.Select(n => JsonEncodedText.Encode(n)),
    ];

    /// <summary>Writes one OSD.</summary>
    public static void Write(Utf8JsonWriter writer, OsdResource osd)
    {
        writer.WriteStartObject();
        writer.WriteString(Names[0], osd.Uuid);
        writer.WriteBoolean(Names[1], osd.Up);
        writer.WriteBoolean(Names[2], osd.In);
        writer.WriteNumber(Names[3], osd.Id);
        writer.WriteNumber(Names[4], osd.Reweight);
        writer.WriteString(Names[5], osd.Server);
        writer.WriteStartArray(Names[6]);
        for (int i = 0; i < osd.Pools.Count; i++)
        {
            writer.WriteNumberValue(osd.Pools[i]);
        }

        writer.WriteEndArray();
        writer.WriteStartArray(Names[7]);
        for (int i = 0; i < osd.ValidCommands.Count; i++)
        {
            writer.WriteStringValue(osd.ValidCommands[i]);
        }

        writer.WriteEndArray();
        writer.WriteString(Names[8], osd.PublicAddr);
        writer.WriteString(Names[9], osd.ClusterAddr);
        writer.WriteStartArray(Names[10]);
        for (int i = 0; i < osd.CrushNodeAncestry.Count; i++)
        {
            writer.WriteStartArray();
            for (int j = 0; j < osd.CrushNodeAncestry[i].Count; j++)
            {
                writer.WriteNumberValue(osd.CrushNodeAncestry[i][j]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteString(Names[11], osd.BackendPartitionPath);
        writer.WriteString(Names[12], osd.BackendDeviceNode);
        writer.WriteString(Names[13], osd.OsdData);
        writer.WriteString(Names[14], osd.OsdJournal);
        writer.WriteEndObject();
    }
}
