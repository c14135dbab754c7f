using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Rados.Maps;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests.Factories;

/// <summary>Commands to placement groups.</summary>
/// <param name="snapshot">The newest snapshot of the cluster.</param>
public sealed class PgRequestFactory(ClusterSnapshot snapshot) : RequestFactory(snapshot)
{
    /// <summary>The commands that a placement group takes; the first three are Calamari's.</summary>
    public static IReadOnlyList<string> Commands { get; } =
        ["scrub", "deep_scrub", "repair", "repeer", "force_recovery", "force_backfill", "cancel_force_recovery", "cancel_force_backfill"];

    /// <summary>Gives a command to a placement group.</summary>
    /// <param name="pool">The pool that it must belong to; null when that was not said.</param>
    /// <param name="pg">The placement group, as <c>1.0</c>.</param>
    /// <param name="command">One of <see cref="Commands"/>.</param>
    public RequestPlan Command(PoolId? pool, string pg, string command)
    {
        if (!PgId.TryParse(pg ?? "", out PgId id) || (pool is { } wanted && wanted != id.Pool))
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"'{pg}' is no placement group{(pool is null ? "" : $" of pool {pool}")}");
        }

        (Pool owner, _) = NeedPool(id.Pool);
        if (id.Seed >= owner.PgNum)
        {
            throw new RequestRefusedException(RefusalReason.NotFound, "", $"pool {id.Pool} has {owner.PgNum} placement groups, and {id} is none of them");
        }

        if (command is null || !Commands.Contains(command))
        {
            throw new RequestRefusedException(RefusalReason.Forbidden, "", $"'{command}' is not one of {string.Join(", ", Commands)}");
        }

        string words = command.Replace('_', '-');
        var sent = new CephCommand($"pg {words}");
        sent = words.Contains("force", StringComparison.Ordinal) ? sent.With("pgid", [id.ToString()]) : sent.With("pgid", id.ToString());
        return new RequestPlan
        {
            Kind = RequestKind.Scrub,
            Headline = $"Initiating {words} on {ClusterName}-pg{id}",
            Steps = [PlainStep(words == "repeer" ? "mon" : "mgr", sent, repeatable: words.Contains("force", StringComparison.Ordinal))],
            Touches = [$"pg {id}"],
        };
    }
}
