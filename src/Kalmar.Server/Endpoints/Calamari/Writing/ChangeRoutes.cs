using System.Text.Json;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests;
using Kalmar.Manager.State;
using Kalmar.Rados;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Kalmar.Server.Endpoints.Calamari.Reading;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Writing;

/// <summary>Adds endpoints that make requests, and such that pass a question on.</summary>
internal static class ChangeRoutes
{
    /// <summary>An endpoint that submits what a factory makes.</summary>
    /// <param name="api">Where.</param>
    /// <param name="method">POST, PATCH or DELETE.</param>
    /// <param name="path">Below the version's prefix; holds <c>{fsid}</c>.</param>
    /// <param name="plan">Makes the plan.</param>
    /// <param name="summary">One line for the document.</param>
    /// <param name="example">A body as an example; null when none is sent.</param>
    /// <param name="role">The least role.</param>
    public static RouteHandlerBuilder Change(
        this ApiRoutes api, string method, string path, Func<Change, Task<RequestPlan>> plan, string summary, string? example = null, UserRole role = UserRole.ReadWrite) =>
        api.Add(method, path, role, (HttpContext context, Changes changes) => changes.RunAsync(context, plan))
            .WithSummary(summary)
            .WithDescription("Answers 202 with the request that is followed at request/<id>, or 304 when nothing would change. ?dry_run=1 tells the commands instead of sending them; ?force=1 skips Ceph's safety questions.")
            .WithMetadata(new BodyExample(example))
            .Produces<RequestIdResource>(StatusCodes.Status202Accepted);

    /// <inheritdoc cref="Change(ApiRoutes, string, string, Func{Writing.Change, Task{RequestPlan}}, string, string?, UserRole)"/>
    public static RouteHandlerBuilder Change(
        this ApiRoutes api, string method, string path, Func<Change, RequestPlan> plan, string summary, string? example = null, UserRole role = UserRole.ReadWrite) =>
        api.Change(method, path, c => Task.FromResult(plan(c)), summary, example, role);

    /// <summary>An endpoint that gives Ceph's own answer to a question.</summary>
    /// <param name="api">Where.</param>
    /// <param name="path">Below the version's prefix; holds <c>{fsid}</c>.</param>
    /// <param name="target">Whom: <c>mon</c>, <c>mgr</c>, or <c>{name}</c> for the daemon in the address.</param>
    /// <param name="command">Makes the question.</param>
    /// <param name="summary">One line for the document.</param>
    public static RouteHandlerBuilder Ask(this ApiRoutes api, string path, string target, Func<HttpContext, CephCommand> command, string summary) =>
        api.Get(path, (HttpContext context, IClusterDirectory clusters, IClusterQuestions questions) => AnswerAsync(context, clusters, questions, target, command(context)))
            .WithSummary(summary);

    /// <summary>Something that operators look for and Ceph has no command for: 501 with the reason, whatever the method.</summary>
    /// <param name="api">Where.</param>
    /// <param name="path">Below the version's prefix.</param>
    /// <param name="reason">Why, and what to use instead.</param>
    /// <param name="summary">One line for the document.</param>
    public static void Absent(this ApiRoutes api, string path, string reason, string summary)
    {
        foreach (string method in new[] { "GET", "POST", "PATCH", "DELETE" })
        {
            api.Add(method, path, method == "GET" ? UserRole.ReadOnly : UserRole.ReadWrite, (Func<IResult>)(() => throw ApiException.Detail(StatusCodes.Status501NotImplemented, reason)))
                .WithSummary(summary).WithDescription(reason).Produces(StatusCodes.Status501NotImplemented);
        }
    }

    /// <summary>A part of the address.</summary>
    public static string Route(this HttpContext context, string name) => context.Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>The command with an argument of the query, when that was given.</summary>
    /// <param name="command">The command.</param>
    /// <param name="context">The request.</param>
    /// <param name="name">The query's name of it.</param>
    /// <param name="argument">Ceph's name of it; null for the same.</param>
    public static CephCommand WithQuery(this CephCommand command, HttpContext context, string name, string? argument = null) =>
        context.Request.Query[name] is [{ Length: > 0 } value] ? command.With(argument ?? name, value) : command;

    private static Task<IResult> AnswerAsync(HttpContext context, IClusterDirectory clusters, IClusterQuestions questions, string target, CephCommand command)
    {
        ClusterSnapshot cluster = clusters.Need(context.Route("fsid"));
        return AskAsync(context, cluster, questions, target == "{name}" ? Daemon(cluster, context.Route("name")) : target, command);
    }

    /// <summary>Ceph's own answer to a question: 404 and 400 where it says that the thing is not there, or that the question is wrong.</summary>
    public static async Task<IResult> AskAsync(HttpContext context, ClusterSnapshot cluster, IClusterQuestions questions, string target, CephCommand command)
    {
        CommandResult result = await questions.AskAsync(cluster, target, command, context.RequestAborted);

        // Some of the manager's modules (crash) forget the minus of an errno when they do not find a thing.
        if (!result.IsSuccess || (target == "mgr" && result.Result > 0))
        {
            throw result.Result is -2 or > 0 ? ApiException.NotFound(result.Status.Length > 0 ? result.Status : "not found")
                : result.Result is -22 ? ApiException.Detail(StatusCodes.Status400BadRequest, $"Ceph refuses '{command.Prefix}': {result.Status}")
                : ApiException.Unavailable($"{target} refuses '{command.Prefix}': {result.Status}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(result.Output.IsEmpty ? "null"u8.ToArray() : result.Output);
            return new BodyResult(result.Output, "application/json");
        }
        catch (JsonException)
        {
            return Results.Text(result.OutputText);
        }
    }

    private static string Daemon(ClusterSnapshot cluster, string name)
    {
        string[] parts = name.Split('.', 2);
        bool known = parts.Length == 2 && parts[0] switch
        {
            "osd" => int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out int id) && cluster.Map().Exists(new(id)),
            "mon" => cluster.MonMap?.Value.Monitors.ContainsKey(parts[1]) == true,
            _ => false,
        };
        return known ? name : throw ApiException.NotFound($"Daemon '{(name.Length > 60 ? name[..60] : name)}' not found: name osd.N or mon.NAME");
    }
}
