using Kalmar.Manager.Clusters;
using Kalmar.Server.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kalmar.Server.Api;

/// <summary><c>GET /api/kalmar/v1/clusters</c> and <c>GET /api/kalmar/v1/clusters/FSID/status</c>.</summary>
internal static class ClusterStatusEndpoint
{
    public static void MapClusterStatus(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/kalmar/v1/clusters", All);
        app.MapGet("/api/kalmar/v1/clusters/{key}/status", One);
    }

    private static IResult All(IClusterDirectory clusters, TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        ClusterStatus[] all = [.. clusters.Snapshots.Select(c => ClusterStatus.Of(c, now))];
        return Results.Json(all, StatusJson.Default.ClusterStatusArray);
    }

    private static IResult One(string key, IClusterDirectory clusters, TimeProvider time) =>
        ClusterKey.Find(clusters, key) is { } cluster
            ? Results.Json(ClusterStatus.Of(cluster, time.GetUtcNow()), StatusJson.Default.ClusterStatus)
            : Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "no such cluster", detail: "No cluster with this fsid is watched here.");
}
