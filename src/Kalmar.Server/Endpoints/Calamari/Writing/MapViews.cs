using Kalmar.Manager.Clusters;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Parts of the OSD map that have no resource of Calamari's.</summary>
internal static class MapViews
{
    /// <summary>Erasure-code profiles by name.</summary>
    public static IResult Profiles(string fsid, IClusterDirectory clusters)
    {
        ClusterSnapshot cluster = clusters.Need(fsid);
        Kalmar.Rados.Maps.OsdMap map = cluster.Map();
        return CalamariEndpoints.Json(writer =>
        {
            writer.WriteStartArray();
            foreach ((string name, Kalmar.Rados.Maps.ValueMap<string, string> values) in map.ErasureCodeProfiles)
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteStartObject("values");
                foreach ((string key, string value) in values)
                {
                    writer.WriteString(key, value);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
