using Kalmar.Manager.Audit;
using Kalmar.Manager.Requests;
using Kalmar.Server.Endpoints.Calamari.Writing;
using Microsoft.AspNetCore.Http;

namespace Kalmar.Server.Endpoints.Calamari.Access;

/// <summary>Writes down what is done to users and tokens: who may do what is decided there.</summary>
internal static class AccountAudit
{
    /// <summary>Adds a line; what was done stands, whatever becomes of the caller.</summary>
    /// <param name="context">Who asks, and from where.</param>
    /// <param name="action">What was done: <c>user.create</c>.</param>
    /// <param name="user">The user to whom it was done.</param>
    /// <param name="detail">One line.</param>
    public static Task NoteAccountAsync(this HttpContext context, string action, string user, string detail)
    {
        RequestActor actor = Changes.Actor(context);
        var audit = (IAuditLog)context.RequestServices.GetService(typeof(IAuditLog))!;
        return audit.AppendAsync(new AuditEntry(actor.Name, actor.Address, action, AuditOutcome.Succeeded, user, "", detail), CancellationToken.None);
    }
}
