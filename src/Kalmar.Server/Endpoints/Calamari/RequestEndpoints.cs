using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>Requests: how far they are, and their cancelling.</summary>
internal static class RequestEndpoints
{
    public static void Map(ApiRoutes api)
    {
        foreach (string prefix in new[] { "", "cluster/{fsid}/" })
        {
            api.Get(prefix + "request", AllAsync).WithSummary("Requests, the newest first; ?state=submitted|complete, ?page, ?page_size.").Produces<PageResource<RequestResource>>();
            api.Get(prefix + "request/{id}", OneAsync).WithSummary("A request.").Produces<RequestResource>();
            api.Add("POST", prefix + "request/{id}/cancel", UserRole.ReadWrite, CancelAsync).WithSummary("Cancels a request; one that is complete stays as it is.").Produces<RequestResource>();
        }

        api.Add("POST", "request/{id}/output", UserRole.ReadWrite, Output)
            .WithSummary("What the last command answered (a new user's key): given out once, to the one who asked, within ten minutes.");
    }

    private static async Task<IResult> AllAsync(HttpContext context, IClusterDirectory clusters, Changes changes)
    {
        (int page, int size) = Paging.Read(context);
        RequestState? state = (string?)context.Request.Query["state"] switch
        {
            null or "" => null,
            "submitted" => RequestState.Submitted,
            "complete" => RequestState.Complete,
            _ => throw ApiException.Field("state", "must be submitted or complete"),
        };
        RequestFilter filter = new() { Cluster = Cluster(context, clusters), State = state };
        (long count, IReadOnlyList<UserRequest> requests) = await changes.Requests.PageAsync(filter, page, size, context.RequestAborted);
        return CalamariEndpoints.Json(Paging.Page(context, page, size, count, [.. requests.Select(Of)]), ApiJson.Readable.PageResourceRequestResource);
    }

    private static async Task<IResult> OneAsync(string id, HttpContext context, IClusterDirectory clusters, Changes changes) =>
        CalamariEndpoints.Json(Of(await FindAsync(id, context, clusters, changes)), ApiJson.Readable.RequestResource);

    private static async Task<IResult> CancelAsync(string id, HttpContext context, IClusterDirectory clusters, Changes changes)
    {
        UserRequest request = await FindAsync(id, context, clusters, changes);
        UserRequest? ended = await changes.Requests.CancelAsync(request.Id, Changes.Actor(context), context.RequestAborted);
        return CalamariEndpoints.Json(Of(ended ?? request), ApiJson.Readable.RequestResource);
    }

    private static async Task<IResult> Output(string id, HttpContext context, IClusterDirectory clusters, Changes changes)
    {
        UserRequest request = await FindAsync(id, context, clusters, changes);
        string output = changes.Requests.TakeOutput(request.Id, Changes.Actor(context)) is { Result: >= 0 } answer
            ? answer.Output
            : throw ApiException.NotFound("There is no output (any more): it is given out once, to the one who asked for the request, within ten minutes of its end");
        return Results.Text(output, "application/json");
    }

    private static async Task<UserRequest> FindAsync(string id, HttpContext context, IClusterDirectory clusters, Changes changes)
    {
        ClusterId? cluster = Cluster(context, clusters);
        UserRequest? request = RequestId.TryParse(id, out RequestId number) ? await changes.Requests.FindAsync(number, context.RequestAborted) : null;
        return request is not null && (cluster is null || request.Cluster == cluster)
            ? request
            : throw ApiException.NotFound($"Request '{(id.Length > 40 ? id[..40] : id)}' not found");
    }

    private static ClusterId? Cluster(HttpContext context, IClusterDirectory clusters) =>
        context.Request.RouteValues["fsid"] is string fsid ? clusters.Need(fsid).Id : null;

    private static RequestResource Of(UserRequest r) =>
        new(r.Id.ToString(), r.StateName, r.Error, r.ErrorMessage, r.Headline, r.Status, r.RequestedAt, r.CompletedAt);
}
