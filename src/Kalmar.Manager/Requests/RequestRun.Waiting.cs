using System.Globalization;
using Kalmar.Manager.Audit;
using Kalmar.Manager.Clusters;
using Kalmar.Manager.Requests.Conditions;
using Kalmar.Rados;

namespace Kalmar.Manager.Requests;

/// <content>Waiting for the cluster: for a snapshot, for contact, and giving up.</content>
internal sealed partial class RequestRun
{
    private async Task WaitAsync(
        Func<ClusterSnapshot, bool> condition,
        Func<ClusterSnapshot, string> describe,
        CephCommand command,
        Deadline deadline,
        CancellationToken cancellationToken,
        int number = 0,
        RequestStep? shown = null)
    {
        while (true)
        {
            ClusterSnapshot snapshot = _monitor.Snapshot;
            if (condition(snapshot))
            {
                return;
            }

            if (deadline.IsOver)
            {
                throw TimedOut(command, deadline, describe(snapshot));
            }

            if (shown is not null)
            {
                await ShowAsync(number, shown, $"waiting for {describe(snapshot)}", cancellationToken).ConfigureAwait(false);
            }

            await NextSnapshotAsync(command, deadline, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a command some seconds to show its effect; false when it does not, or when the step's time is over before.</summary>
    private async Task<bool> ShowsSoonAsync(MapCondition done, CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        var grace = new Deadline(time, options.JudgeGrace);
        while (!done.Holds(_monitor.Snapshot))
        {
            if (grace.IsOver || deadline.IsOver)
            {
                return false;
            }

            await NextSnapshotAsync(command, deadline, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Waits for the next snapshot, but only a moment; throws when the contact stays lost.</summary>
    private async Task NextSnapshotAsync(CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        ClusterSnapshot snapshot = _monitor.Snapshot;
        ThrowIfLost(snapshot, command);
        if (deadline.IsOver)
        {
            return;
        }

        using var slice = new CancellationTokenSource(Slice, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slice.Token, cancellationToken);
        try
        {
            await _monitor.WaitForAsync(s => s.Version != snapshot.Version, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The slice is over; the caller looks again.
        }
    }

    private async Task<ClusterMonitor> FindMonitorAsync(CancellationToken cancellationToken)
    {
        var deadline = new Deadline(time, options.ResumeContact);
        while (true)
        {
            if (clusters.FindMonitor(request.Cluster) is { } monitor)
            {
                return monitor;
            }

            if (deadline.IsOver)
            {
                throw new StepFailedException(
                    AuditOutcome.Unknown,
                    $"Lost contact with cluster '{request.ClusterName}': it was not found within {deadline.Seconds} s after the start; what had been sent may have run");
            }

            await Task.Delay(Slice, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The client of the cluster once its monitors answer.</summary>
    private async Task<RadosCluster> ContactAsync(CephCommand command, Deadline deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_monitor.Snapshot.Contact.State == ContactState.Connected && _monitor.Cluster is { } cluster)
            {
                return cluster;
            }

            if (deadline.IsOver)
            {
                throw TimedOut(command, deadline, $"contact to cluster '{request.ClusterName}'");
            }

            await NextSnapshotAsync(command, deadline, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan? LostFor(ClusterSnapshot snapshot)
    {
        if (snapshot.Contact.State == ContactState.Connected)
        {
            return null;
        }

        TimeSpan lost = time.GetUtcNow() - snapshot.Contact.Since;
        TimeSpan patience = snapshot.Contact.State == ContactState.Connecting ? options.ResumeContact : options.LostContactGrace;
        return lost >= patience ? lost : null;
    }

    private void ThrowIfLost(ClusterSnapshot snapshot, CephCommand command)
    {
        if (LostFor(snapshot) is { } lost)
        {
            throw IsUnknown
                ? new StepFailedException(AuditOutcome.Unknown, $"{Lost(lost)}; whether '{command.Prefix}' ran is not known")
                : new StepFailedException(
                    Sent > 0 ? AuditOutcome.Unknown : AuditOutcome.Failed,
                    Sent > 0 ? $"{Lost(lost)}; '{command.Prefix}' was taken, its effect was not seen" : $"{Lost(lost)}; '{command.Prefix}' was not sent");
        }
    }

    private string Lost(TimeSpan lost) =>
        string.Create(CultureInfo.InvariantCulture, $"Lost contact with cluster '{request.ClusterName}' for {lost.TotalSeconds:0} s");

    private static StepFailedException TimedOut(CephCommand command, Deadline deadline, string waitedFor) => new(
        AuditOutcome.Unknown, $"'{command.Prefix}': waited {deadline.Seconds} s in vain for {waitedFor}");

    private static ulong? VersionOf(FollowedMap map, ClusterSnapshot snapshot) => map switch
    {
        FollowedMap.OsdMap => snapshot.OsdMap?.Epoch?.Value,
        FollowedMap.MonMap => snapshot.MonMap?.Epoch?.Value,
        FollowedMap.MgrMap => snapshot.MgrMap?.Epoch?.Value,
        FollowedMap.FsMap => snapshot.FsMap?.Epoch?.Value,
        _ => null,
    };
}
