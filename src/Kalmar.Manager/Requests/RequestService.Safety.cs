using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Rados;
using Kalmar.Wire;

namespace Kalmar.Manager.Requests;

/// <content>Ceph's own safety questions.</content>
public sealed partial class RequestService
{
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(30);

    private async Task EnsureSafeAsync(ClusterMonitor monitor, RequestPlan plan, RequestActor actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<SafetyAnswer> answers = await AskAsync(monitor, plan.Questions, cancellationToken).ConfigureAwait(false);
        if (answers.FirstOrDefault(a => !a.IsSafe) is { } no)
        {
            string message = $"Ceph says that this is not safe now: {no.Question}: {no.Reason}; use force to do it all the same";
            await _audit.AppendAsync(
                new AuditEntry(
                    actor.Name, actor.Address, "request.submit", AuditOutcome.Refused, "", monitor.Snapshot.Id?.ToString() ?? "", $"{plan.Headline}: {message}"),
                cancellationToken).ConfigureAwait(false);
            throw new RequestRefusedException(RefusalReason.Unsafe, "", message);
        }
    }

    private static async Task<IReadOnlyList<SafetyAnswer>> AskAsync(
        ClusterMonitor monitor, IReadOnlyList<SafetyQuestion> questions, CancellationToken cancellationToken)
    {
        List<SafetyAnswer> answers = [];
        foreach (SafetyQuestion question in questions)
        {
            RadosCluster cluster = monitor.Cluster
                ?? throw new RequestRefusedException(RefusalReason.Unavailable, "", $"no contact with cluster '{monitor.Snapshot.Name}'");

            // Asked for JSON, 'osd safe-to-destroy' answers 0 whatever it found, and only its text says no.
            CephCommand command = CephCommand.Parse(question.Command).With("format", "plain").AsIdempotent();
            try
            {
                CommandResult result = await CommandTarget.SendAsync(
                    cluster, question.Target, command, default, QuestionTimeout, cancellationToken).ConfigureAwait(false);
                string reason = result.Status.Length > 0 ? result.Status : result.IsSuccess ? "yes" : $"no (errno {-(long)result.Result})";
                answers.Add(new SafetyAnswer(question.Text, result.IsSuccess, reason));
            }
            catch (CephException e)
            {
                answers.Add(new SafetyAnswer(question.Text, false, $"it could not be asked: {e.Message}"));
            }
        }

        return answers;
    }
}
