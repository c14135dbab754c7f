using System.Text.Json;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>
/// Hosts that ask to be managed: salt's keys in Calamari, enrolments of agents here. Without agents nobody asks, so the list is empty and
/// every single key is unknown; what is sent is checked all the same.
/// </summary>
internal static class KeyEndpoints
{
    private static readonly string[] Statuses = ["accepted", "rejected"];

    public static void Map(ApiRoutes api)
    {
        api.Get("key", () => CalamariEndpoints.Json([], ApiJson.Readable.IReadOnlyListKeyResource)).WithSummary("Hosts that ask to be managed.").Produces<IReadOnlyList<KeyResource>>();
        api.Get("key/{id}", IResult (string id) => throw NotFound(id)).WithSummary("One of them.").Produces<KeyResource>();
        api.Add("PATCH", "key/{id}", UserRole.ReadWrite, PatchAsync).WithSummary("Accepts or rejects a host.").Produces(204);
        api.Add("PATCH", "key", UserRole.ReadWrite, PatchAllAsync).WithSummary("Accepts or rejects several: [{id, status}].").Produces(204);
        api.Add("DELETE", "key/{id}", UserRole.ReadWrite, IResult (string id) => throw NotFound(id)).WithSummary("Forgets a host's key.").Produces(204);
        api.Add("DELETE", "key", UserRole.ReadWrite, DeleteAllAsync).WithSummary("Forgets several: [{id}].").Produces(204);
    }

    private static async Task<IResult> PatchAsync(string id, HttpContext context)
    {
        using JsonBody body = await JsonBody.ReadAsync(context);
        CheckStatus(body.Root);
        throw NotFound(id);
    }

    private static async Task<IResult> PatchAllAsync(HttpContext context)
    {
        using JsonBody body = await JsonBody.ReadAnyAsync(context);
        foreach (JsonElement item in Items(body))
        {
            CheckStatus(item);
            throw NotFound(Id(item));
        }

        return Results.NoContent();
    }

    private static async Task<IResult> DeleteAllAsync(HttpContext context)
    {
        using JsonBody body = await JsonBody.ReadAnyAsync(context);
        foreach (JsonElement item in Items(body))
        {
            throw NotFound(Id(item));
        }

        return Results.NoContent();
    }

    private static JsonElement.ArrayEnumerator Items(JsonBody body) => body.Root.ValueKind == JsonValueKind.Array
        ? body.Root.EnumerateArray()
        : throw ApiException.Detail(StatusCodes.Status400BadRequest, "the body must be a list of objects with id and status");

    private static string Id(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String
        ? id.GetString()!
        : throw ApiException.Field("id", "This field is required");

    private static void CheckStatus(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("status", out JsonElement status) || status.ValueKind != JsonValueKind.String
            || !Statuses.Contains(status.GetString(), StringComparer.Ordinal))
        {
            throw ApiException.Field("status", "must be accepted or rejected");
        }
    }

    private static ApiException NotFound(string id) => ApiException.NotFound($"Key '{(id.Length > 100 ? id[..100] : id)}' not found");
}
