using Kalmar.Rados;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <content>How we stand with the monitors: seen from the session and from whether questions are answered.</content>
public sealed partial class ClusterMonitor
{
    private static readonly TimeSpan ContactInterval = TimeSpan.FromMilliseconds(250);

    // When the question that waits for an answer was asked; 0 while none waits. A time stamp, because a clock can be set.
    private long _askedAt;

    private ContactState Lost() => Snapshot.Contact.LastHeard is null ? ContactState.Connecting : ContactState.QuorumLost;

    private async Task WatchContactAsync(RadosCluster cluster, CancellationToken stop)
    {
        long? lostSince = null;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            MonitorClientStatus status = cluster.Monitors.Status;
            if (status.State == MonitorClientState.Connected)
            {
                lostSince = null;
                JudgeAnswers(status);
            }
            else
            {
                lostSince ??= _time.GetTimestamp();
                if (status.LastError is CephAuthenticationException or CephServerException)
                {
                    throw status.LastError;
                }

                if (_time.GetElapsedTime(lostSince.Value) >= _options.FailoverGrace || Snapshot.Contact.LastHeard is null)
                {
                    SetContact(Lost(), null, status.LastError?.Message ?? "no monitor answers");
                }
            }

            await Task.Delay(ContactInterval, _time, stop).ConfigureAwait(false);
        }
    }

    private void JudgeAnswers(MonitorClientStatus status)
    {
        long asked = Interlocked.Read(ref _askedAt);
        TimeSpan waiting = asked == 0 ? TimeSpan.Zero : _time.GetElapsedTime(asked);
        string monitor = $"mon.{status.Monitor}";
        if (waiting > _options.AnswerTimeout)
        {
            SetContact(
                Lost(),
                monitor,
                $"{monitor} has not answered for {waiting.TotalSeconds:0} s: it has no quorum or is overloaded; check the other monitors");
        }
        else if (Snapshot.Contact.State != ContactState.QuorumLost || waiting == TimeSpan.Zero)
        {
            SetContact(ContactState.Connected, monitor, "");
        }
    }

    private void Asked() => Interlocked.CompareExchange(ref _askedAt, Math.Max(1, _time.GetTimestamp()), 0);

    private void Answered(RadosCluster cluster)
    {
        Interlocked.Exchange(ref _askedAt, 0);
        DateTimeOffset now = _time.GetUtcNow();
        Update(s => s with { Contact = s.Contact with { LastHeard = now } });
        if (cluster.Monitors.Status is { State: MonitorClientState.Connected } status)
        {
            SetContact(ContactState.Connected, $"mon.{status.Monitor}", "");
        }
    }

    private void SetContact(ContactState state, string? monitor, string detail)
    {
        DateTimeOffset now = _time.GetUtcNow();
        ClusterContact before = Snapshot.Contact;
        Update(s => s.Contact.State == state && s.Contact.Monitor == monitor && s.Contact.Detail == detail
            ? s
            : s with
            {
                Contact = s.Contact with
                {
                    State = state,
                    Since = s.Contact.State == state ? s.Contact.Since : now,
                    Monitor = monitor,
                    Detail = detail,
                },
            });
        if (before.State != state)
        {
            ManagerLog.ContactChanged(_logger, _options.Name, before.State, state, detail);
        }
    }
}
