using Kalmar.Manager.Audit;
using Kalmar.Manager.State;
using Kalmar.Server.Endpoints.Calamari.Contract;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari;

/// <summary>The audit log, for superusers.</summary>
internal static class AuditEndpoints
{
    public static void Map(ApiRoutes api) => api.Add("GET", "audit", UserRole.Superuser, PageAsync)
        .WithSummary("Who did what, from where, and what came of it; the newest first. ?actor, ?action, ?page, ?page_size.")
        .Produces<PageResource<AuditResource>>();

    private static async Task<IResult> PageAsync(HttpContext context, IAuditLog audit)
    {
        (int page, int size) = Paging.Read(context);
        AuditFilter filter = new() { Actor = Word("actor"), Action = Word("action"), Cluster = Word("cluster") };
        (long count, IReadOnlyList<AuditLine> lines) = await audit.PageAsync(filter, page, size, context.RequestAborted);
        return CalamariEndpoints.Json(Paging.Page(context, page, size, count, [.. lines.Select(Of)]), ApiJson.Readable.PageResourceAuditResource);

        string? Word(string name) => (string?)context.Request.Query[name] is { Length: > 0 } value ? value : null;
    }

    private static AuditResource Of(AuditLine line) => new(
        line.Sequence, line.At, line.Entry.Actor, line.Entry.Address, line.Entry.Action, line.Entry.Outcome.ToString(), line.Entry.Object, line.Entry.Cluster, line.Entry.Detail, line.Hash);
}
