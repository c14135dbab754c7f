using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Submits changes as requests, or says what they would do (<c>?dry_run=1</c>).</summary>
internal sealed class Changes(IClusterDirectory clusters, IServiceProvider services)
{
    /// <summary>The requests of this host.</summary>
    /// <exception cref="ApiException">503: this host runs none.</exception>
    public IRequestService Requests =>
        services.GetService(typeof(IRequestService)) as IRequestService ?? throw ApiException.Unavailable("this server takes no requests: it runs without a state store");

    /// <summary>Who asks.</summary>
    public static RequestActor Actor(HttpContext context) =>
        new(context.User.Identity?.Name ?? "", context.Connection.RemoteIpAddress?.ToString() ?? "");

    /// <summary>Reads a change, lets a factory check it, and submits it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">Makes the plan.</param>
    /// <param name="status">The status of success: 202, or 200 where Calamari had that.</param>
    public async Task<IResult> RunAsync(HttpContext context, Func<Change, Task<RequestPlan>> plan, int status = StatusCodes.Status202Accepted)
    {
        ClusterSnapshot cluster = clusters.Need(context.Request.RouteValues["fsid"]?.ToString() ?? "");
        using JsonBody body = await JsonBody.ReadAsync(context);
        return await SubmitAsync(context, cluster, await plan(new Change(context, cluster, body)), status);
    }

    /// <summary>Submits a plan.</summary>
    public async Task<IResult> SubmitAsync(HttpContext context, ClusterSnapshot cluster, RequestPlan plan, int status)
    {
        ClusterId id = cluster.Id ?? throw ApiException.Unavailable("the cluster's fsid is not known yet");
        if (IsSet(context, "dry_run"))
        {
            return Show(await Requests.DryRunAsync(id, plan, context.RequestAborted));
        }

        if (plan.IsEmpty)
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        UserRequest request = await Requests.SubmitAsync(id, plan, Actor(context), IsSet(context, "force"), context.RequestAborted);
        return CalamariEndpoints.Json(new RequestIdResource(request.Id.ToString()), ApiJson.Readable.RequestIdResource, status);
    }

    /// <summary>The answer to a refusal, in Calamari's shapes.</summary>
    public static ApiException Refused(RequestRefusedException e) => e.Reason switch
    {
        RefusalReason.NotFound => ApiException.NotFound(e.Message),
        RefusalReason.Conflict when e.Fields.Count == 0 => ApiException.Conflict(e.Message),
        RefusalReason.Conflict => ApiException.Fields(e.Fields, StatusCodes.Status409Conflict),
        RefusalReason.Forbidden => ApiException.Detail(StatusCodes.Status403Forbidden, e.Message),
        RefusalReason.Unsafe => ApiException.Detail(StatusCodes.Status409Conflict, $"{e.Message} (force=1 skips Ceph's questions)"),
        RefusalReason.Unavailable => ApiException.Unavailable(e.Message),
        _ when e.Fields.Count > 0 => ApiException.Fields(e.Fields),
        _ => ApiException.Detail(StatusCodes.Status400BadRequest, e.Message),
    };

    private static bool IsSet(HttpContext context, string name) => context.Request.Query[name] is [{ } value] && value is not ("0" or "false");

    private static IResult Show(DryRun run) => CalamariEndpoints.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("dry_run", true);
        writer.WriteString("headline", run.Headline);
        writer.WriteStartArray("commands");
        foreach (DryRunCommand command in run.Commands)
        {
            writer.WriteStartObject();
            writer.WriteString("target", command.Target);
            writer.WritePropertyName("command");
            WriteCommand(writer, command.Command);
            writer.WriteNumber("input_bytes", command.InputBytes);
            writer.WriteString("waits_for", command.WaitsFor);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("touches");
        foreach (string line in run.Touches)
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("safety");
        foreach (SafetyAnswer answer in run.Safety)
        {
            writer.WriteStartObject();
            writer.WriteString("question", answer.Question);
            writer.WriteBoolean("safe", answer.IsSafe);
            writer.WriteString("reason", answer.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteCommand(Utf8JsonWriter writer, string command)
    {
        using JsonDocument document = JsonDocument.Parse(command);
        document.RootElement.WriteTo(writer);
    }
}
