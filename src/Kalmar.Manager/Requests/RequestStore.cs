using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Events;
using Kalmar.Manager.State;

namespace Kalmar.Manager.Requests;

/// <summary>
/// Requests and the journal of their steps. What belongs together is written in one transaction: a request with its event and its audit line,
/// at its beginning and at its end.
/// </summary>
internal sealed class RequestStore(StateDatabase database, StateWriter writer, EventLog events, AuditLog audit, TimeProvider time)
{
    private const string Columns =
        "number AS Number, id AS Id, cluster AS Cluster, cluster_name AS ClusterName, kind AS Kind, headline AS Headline, state AS State, "
        + "error AS Error, error_message AS ErrorMessage, status AS Status, actor AS Actor, address AS Address, "
        + "requested_at AS RequestedAt, completed_at AS CompletedAt";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Stores a new request.</summary>
    public async Task<UserRequest> InsertAsync(
        ClusterId cluster, string clusterName, RequestPlan plan, RequestActor actor, CancellationToken cancellationToken)
    {
        var id = RequestId.New();
        (UserRequest request, _) = await writer.WriteAsync(
            async t =>
            {
                RequestRow row = await t.Connection!.QuerySingleAsync<RequestRow>(
                    "INSERT INTO requests (id, cluster, cluster_name, kind, headline, state, error, error_message, status, actor, address, requested_at, plan_text) "
                    + $"VALUES (@Id, @Cluster, @ClusterName, @Kind, @Headline, 'submitted', 0, '', '', @Actor, @Address, @Now, @Plan) RETURNING {Columns}",
                    new
                    {
                        Id = id.ToString(),
                        Cluster = cluster.ToString(),
                        ClusterName = clusterName,
                        Kind = plan.Kind.ToString(),
                        Headline = StoredText.Of(plan.Headline),
                        Actor = StoredText.Of(actor.Name),
                        Address = StoredText.Of(actor.Address),
                        Now,
                        Plan = JsonSerializer.Serialize(plan, RequestJsonContext.Default.RequestPlan),
                    },
                    t).ConfigureAwait(false);
                UserRequest stored = row.ToRequest();
                StoredEvent happened = await events.InsertAsync(
                    t, Event(stored, EventSeverity.Info, EventKinds.RequestStarted, $"Started: {stored.Headline}")).ConfigureAwait(false);
                await audit.InsertAsync(t, Line(stored, actor, "request.submit", AuditOutcome.Succeeded, stored.Headline)).ConfigureAwait(false);
                return (stored, happened);
            },
            written => events.Publish(written.happened),
            cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <summary>Ends a request; null when it had ended already (nothing is written then).</summary>
    /// <param name="id">Which.</param>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="status">What became of it.</param>
    /// <param name="outcome">For the audit log.</param>
    /// <param name="actor">Who ended it, when it was somebody else than the one who asked for it.</param>
    public async Task<UserRequest?> CompleteAsync(RequestId id, string? error, string status, AuditOutcome outcome, RequestActor? actor)
    {
        (UserRequest? request, _) = await writer.WriteAsync<(UserRequest? Request, StoredEvent? Happened)>(
            async t =>
            {
                RequestRow? row = await t.Connection!.QuerySingleOrDefaultAsync<RequestRow>(
                    "UPDATE requests SET state = 'complete', error = @Error, error_message = @Message, status = @Status, completed_at = @Now, "
                    + $"plan_text = CASE WHEN @Wipe = 1 THEN '' ELSE plan_text END WHERE id = @Id AND state = 'submitted' RETURNING {Columns}",
                    new
                    {
                        Id = id.ToString(),
                        Error = error is null ? 0 : 1,
                        Message = StoredText.Of(error ?? ""),
                        Status = StoredText.Of(status),
                        Now,
                        Wipe = await IsSensitiveAsync(t, id).ConfigureAwait(false) ? 1 : 0,
                    },
                    t).ConfigureAwait(false);
                if (row is null)
                {
                    return (null, null);
                }

                UserRequest ended = row.ToRequest();
                StoredEvent happened = await events.InsertAsync(
                    t,
                    error is null
                        ? Event(ended, EventSeverity.Info, EventKinds.RequestSucceeded, $"Succeeded: {ended.Headline}")
                        : Event(ended, EventSeverity.Warning, EventKinds.RequestFailed, $"Failed: {ended.Headline} ({error})")).ConfigureAwait(false);
                await audit.InsertAsync(t, Line(
                    ended,
                    actor ?? ended.Actor,
                    actor is null ? "request.complete" : "request.cancel",
                    outcome,
                    error is null ? ended.Headline : $"{ended.Headline}: {error}")).ConfigureAwait(false);
                return (ended, happened);
            },
            written =>
            {
                if (written.Happened is { } happened)
                {
                    events.Publish(happened);
                }
            },
            CancellationToken.None).ConfigureAwait(false);
        return request;
    }

    /// <summary>Sets the status line of a request that has not ended.</summary>
    public Task SetStatusAsync(RequestId id, string status, CancellationToken cancellationToken) => writer.WriteAsync(
        t => t.Connection!.ExecuteAsync(
            "UPDATE requests SET status = @Status WHERE id = @Id AND state = 'submitted'", new { Id = id.ToString(), Status = StoredText.Of(status) }, t),
        null,
        cancellationToken);

    /// <summary>Writes down that a step's command is about to leave.</summary>
    /// <returns>False when the request has ended (was cancelled): nothing may be sent.</returns>
    public Task<bool> NoteSendingAsync(RequestId id, int step, CancellationToken cancellationToken) => writer.WriteAsync(
        async t =>
        {
            string? state = await t.Connection!.ExecuteScalarAsync<string?>(
                "SELECT state FROM requests WHERE id = @Id", new { Id = id.ToString() }, t).ConfigureAwait(false);
            if (state != "submitted")
            {
                return false;
            }

            await t.Connection!.ExecuteAsync(
                "INSERT INTO request_steps (request_id, step, phase, at, sends, result, map_version, message) VALUES (@Id, @Step, @Phase, @Now, 1, 0, 0, '') "
                + "ON CONFLICT (request_id, step) DO UPDATE SET phase = excluded.phase, at = excluded.at, sends = request_steps.sends + 1",
                new { Id = id.ToString(), Step = step, Phase = StepRecord.Sending, Now },
                t).ConfigureAwait(false);
            return true;
        },
        null,
        cancellationToken);

    /// <summary>Writes down what became of a step's command.</summary>
    public Task NoteOutcomeAsync(RequestId id, int step, string phase, long result, ulong mapVersion, string message) => writer.WriteAsync(
        t => t.Connection!.ExecuteAsync(
            "UPDATE request_steps SET phase = @Phase, at = @Now, result = @Result, map_version = @Version, message = @Message "
            + "WHERE request_id = @Id AND step = @Step",
            new { Id = id.ToString(), Step = step, Phase = phase, Now, Result = result, Version = (long)mapVersion, Message = StoredText.Of(message) },
            t),
        null,
        CancellationToken.None);

    /// <summary>What is known about the steps of a request, by number.</summary>
    public Task<IReadOnlyDictionary<int, StepRecord>> StepsAsync(RequestId id, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyDictionary<int, StepRecord>>(
            async c =>
            {
                IEnumerable<StepRecord> rows = await c.QueryAsync<StepRecord>(
                    "SELECT step AS Step, phase AS Phase, sends AS Sends, result AS Result, map_version AS MapVersion, message AS Message "
                    + "FROM request_steps WHERE request_id = @Id",
                    new { Id = id.ToString() }).ConfigureAwait(false);
                return rows.ToDictionary(r => r.Step);
            },
            cancellationToken);

    /// <summary>All requests that have not ended, the oldest first, with their plans (null for one that cannot be read).</summary>
    public Task<IReadOnlyList<(UserRequest Request, RequestPlan? Plan)>> PendingAsync(CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<(UserRequest, RequestPlan?)>>(
            async c =>
            {
                IEnumerable<RequestRow> rows = await c.QueryAsync<RequestRow>(
                    $"SELECT {Columns}, plan_text AS PlanText FROM requests WHERE state = 'submitted' ORDER BY number").ConfigureAwait(false);
                return [.. rows.Select(r => (r.ToRequest(), Parse(r.PlanText)))];
            },
            cancellationToken);

    /// <summary>The request with this id; null when there is none.</summary>
    public async Task<UserRequest?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        RequestRow? row = await database.RunAsync(
            c => c.QuerySingleOrDefaultAsync<RequestRow>($"SELECT {Columns} FROM requests WHERE id = @Id", new { Id = id.ToString() }),
            cancellationToken).ConfigureAwait(false);
        return row?.ToRequest();
    }

    /// <summary>Requests, the newest first.</summary>
    public Task<(long Count, IReadOnlyList<UserRequest> Requests)> PageAsync(
        RequestFilter filter, int page, int pageSize, CancellationToken cancellationToken)
    {
        List<string> where = [];
        if (filter.Cluster is not null)
        {
            where.Add("cluster = @Cluster");
        }

        if (filter.State is not null)
        {
            where.Add("state = @State");
        }

        string condition = where.Count == 0 ? "" : " WHERE " + string.Join(" AND ", where);
        object values = new
        {
            Cluster = filter.Cluster?.ToString(),
            State = filter.State == RequestState.Complete ? "complete" : "submitted",
            Limit = pageSize,
            Offset = (page - 1L) * pageSize,
        };
        return database.RunAsync<(long, IReadOnlyList<UserRequest>)>(
            async c =>
            {
                long count = await c.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM requests{condition}", values).ConfigureAwait(false);
                IEnumerable<RequestRow> rows = await c.QueryAsync<RequestRow>(
                    $"SELECT {Columns} FROM requests{condition} ORDER BY number DESC LIMIT @Limit OFFSET @Offset", values).ConfigureAwait(false);
                return (count, [.. rows.Select(r => r.ToRequest())]);
            },
            cancellationToken);
    }

    private static async Task<bool> IsSensitiveAsync(DbTransaction transaction, RequestId id)
    {
        string? plan = await transaction.Connection!.ExecuteScalarAsync<string?>(
            "SELECT plan_text FROM requests WHERE id = @Id", new { Id = id.ToString() }, transaction).ConfigureAwait(false);
        return Parse(plan ?? "") is not { IsSensitive: false };
    }

    private static RequestPlan? Parse(string plan)
    {
        try
        {
            return plan.Length == 0 ? null : JsonSerializer.Deserialize(plan, RequestJsonContext.Default.RequestPlan);
        }
        catch (JsonException)
        {
            // Written by another version: whoever asks says so.
            return null;
        }
    }

    private static NewEvent Event(UserRequest request, EventSeverity severity, string kind, string message) =>
        new(severity, kind, message, request.Cluster.ToString(), string.Create(CultureInfo.InvariantCulture, $"request.{request.Id}"));

    private static AuditEntry Line(UserRequest request, RequestActor actor, string action, AuditOutcome outcome, string detail) =>
        new(actor.Name, actor.Address, action, outcome, request.Id.ToString(), request.Cluster.ToString(), detail);
}
