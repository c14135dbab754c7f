using Kalmar.Rados;
using Kalmar.Rados.Monitors;
using Kalmar.Wire;

namespace Kalmar.Manager.Clusters;

/// <content>How we stand with the monitors: seen from the session and from whether questions are answered.</content>
public sealed partial class ClusterMonitor
{
    private static readonly TimeSpan ContactInterval = TimeSpan.FromMilliseconds(250);

    // When the question that waits for an answer was asked; 0 while none waits. UTC ticks, because two loops share it.
    private long _askedAt;

    private ContactState Lost() => Snapshot.Contact.LastHeard is null ? ContactState.Connecting : ContactState.QuorumLost;

    private async Task WatchContactAsync(RadosCluster cluster, CancellationToken stop)
    {
        DateTimeOffset lostSince = DateTimeOffset.MaxValue;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            MonitorClientStatus status = cluster.Monitors.Status;
            DateTimeOffset now = _time.GetUtcNow();
            if (status.State == MonitorClientState.Connected)
            {
                lostSince = DateTimeOffset.MaxValue;
                JudgeAnswers(status, now);
            }
            else
            {
                lostSince = lostSince == DateTimeOffset.MaxValue ? now : lostSince;
                if (status.LastError is CephAuthenticationException or CephServerException)
                {
                    throw status.LastError;
                }

                if (now - lostSince >= _options.FailoverGrace || Snapshot.Contact.LastHeard is null)
                {
                    SetContact(Lost(), null, status.LastError?.Message ?? "no monitor answers");
                }
            }

            await Task.Delay(ContactInterval, _time, stop).ConfigureAwait(false);
        }
    }

    private void JudgeAnswers(MonitorClientStatus status, DateTimeOffset now)
    {
        long asked = Interlocked.Read(ref _askedAt);
        TimeSpan waiting = asked == 0 ? TimeSpan.Zero : now - new DateTimeOffset(asked, TimeSpan.Zero);
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

    private void Asked() => Interlocked.CompareExchange(ref _askedAt, _time.GetUtcNow().UtcTicks, 0);

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
