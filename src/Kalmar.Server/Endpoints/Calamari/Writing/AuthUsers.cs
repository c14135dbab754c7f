using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Lists cephx users. The keys that the monitors tell along are left out.</summary>
internal static class AuthUsers
{
    /// <summary>All users.</summary>
    public static async Task<IResult> AllAsync(string fsid, IClusterDirectory clusters, IClusterQuestions questions, CancellationToken cancellationToken)
    {
        CommandResult result = await questions.AskAsync(clusters.Need(fsid), "mon", CephCommand.Query("auth ls"), cancellationToken);
        if (!result.IsSuccess)
        {
            throw ApiException.Unavailable($"the monitors do not list users: {result.Status}");
        }

        using JsonDocument document = result.ToJson();
        return CalamariEndpoints.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (JsonElement user in document.RootElement.GetProperty("auth_dump").EnumerateArray())
            {
                writer.WriteStartObject();
                writer.WriteString("entity", user.GetProperty("entity").GetString());
                writer.WritePropertyName("caps");
                user.GetProperty("caps").WriteTo(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
